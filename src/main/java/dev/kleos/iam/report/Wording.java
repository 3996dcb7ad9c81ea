package dev.kleos.iam.report;

/// The same differences, said of the future (`plan`, `apply`), of the present (`drift`) or of the
/// past (`history`).
public enum Wording {
  PREVIEW("will be created", "", "", "LOSES ACCESS"),
  DRIFT("does not exist", "missing", "differs", "has access, against the plan"),
  HISTORY("created", "", "", "lost access");

  private final String created;
  private final String added;
  private final String changed;
  private final String removed;

  Wording(String created, String added, String changed, String removed) {
    this.created = created;
    this.added = added;
    this.changed = changed;
    this.removed = removed;
  }

  String ofCreated() {
    return created;
  }

  String ofAdded() {
    return added;
  }

  String ofChanged() {
    return changed;
  }

  String ofRemoved() {
    return removed;
  }
}
