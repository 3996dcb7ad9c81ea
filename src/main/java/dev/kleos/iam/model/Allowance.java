package dev.kleos.iam.model;

/// What an entry of a plan file says aloud, because it is refused otherwise.
public enum Allowance {
  /// A grant to everyone: `allUsers` or `allAuthenticatedUsers`.
  PUBLIC,
  /// A grant of a basic role, such as `roles/editor`.
  BASIC_ROLE,
  /// An impersonation role on the project, which reaches every account in it.
  PROJECT_WIDE
}
