package dev.kleos.iam.emulator;

import java.time.Instant;
import java.util.Optional;

/// A service account of this world, live or deleted.
///
/// @param project the project's id
/// @param deleted when it was deleted; empty for a live account
record Account(
    String uniqueId,
    String project,
    String email,
    String displayName,
    String description,
    boolean disabled,
    Optional<Instant> deleted) {

  String name() {
    return "projects/" + project + "/serviceAccounts/" + email;
  }

  /// By unique id, since a successor of the same e-mail does not inherit the policy
  /// (**documented**).
  String key() {
    return "projects/" + project + "/serviceAccounts/" + uniqueId;
  }

  /// Whether it may act at all: neither deleted nor disabled.
  boolean usable() {
    return deleted.isEmpty() && !disabled;
  }

  String member() {
    return "serviceAccount:" + email;
  }

  /// How policies show a deleted account (**documented**).
  String deletedMember() {
    return "deleted:" + member() + "?uid=" + uniqueId;
  }

  Account withDisplayName(String newDisplayName) {
    return new Account(uniqueId, project, email, newDisplayName, description, disabled, deleted);
  }

  Account withDescription(String newDescription) {
    return new Account(uniqueId, project, email, displayName, newDescription, disabled, deleted);
  }

  Account withDisabled(boolean newDisabled) {
    return new Account(uniqueId, project, email, displayName, description, newDisabled, deleted);
  }

  Account withDeleted(Optional<Instant> newDeleted) {
    return new Account(uniqueId, project, email, displayName, description, disabled, newDeleted);
  }
}
