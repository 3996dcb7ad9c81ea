package dev.kleos.iam.model;

/// What becomes of an unmanaged grant: a live grant of a managed role to a principal that the plan
/// does not name.
public enum Unmanaged {
  /// It stays; it is shown, and counts as drift.
  REPORT,
  /// It stays, and is not spoken of.
  IGNORE,
  /// It is removed, after having been shown as a removal.
  REMOVE
}
