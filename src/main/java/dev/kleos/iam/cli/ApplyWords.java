package dev.kleos.iam.cli;

/// The words in which `apply`, `apply --from` and `undo` differ.
enum ApplyWords {
  APPLY("apply", "applied", "Applied", "No changes: all that the plan asks for is in place."),
  SAVED("apply", "applied", "Applied", "No changes: nothing that was saved is left to do."),
  UNDO("undo", "undone", "Undone", "No access to take back: nothing of it is in place any more.");

  private final String verb;
  private final String participle;
  private final String done;
  private final String inSync;

  ApplyWords(String verb, String participle, String done, String inSync) {
    this.verb = verb;
    this.participle = participle;
    this.done = done;
    this.inSync = inSync;
  }

  String verb() {
    return verb;
  }

  String participle() {
    return participle;
  }

  String done() {
    return done;
  }

  String inSync() {
    return inSync;
  }
}
