package dev.kleos.iam.emulator.server;

import java.util.SortedSet;

/// There is such a path, but not for this verb.
final class WrongVerbException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String allowed;

  WrongVerbException(SortedSet<String> verbs) {
    super("for " + verbs);
    this.allowed = String.join(", ", verbs);
  }

  /// The verbs that there are, as in the `Allow` header.
  String allowed() {
    return allowed;
  }
}
