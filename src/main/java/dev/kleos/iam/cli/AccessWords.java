package dev.kleos.iam.cli;

/// How `grant` and `revoke` speak of what they do.
enum AccessWords {
  GRANT("grant", "granted", "Already granted: nothing to do.", " has it already."),
  REVOKE(
      "revoke",
      "revoked",
      "Nothing to revoke.",
      " has nothing here by the plan's roles, and no line.");

  private final String verb;
  private final String participle;
  private final String nothing;
  private final String unchanged;

  AccessWords(String verb, String participle, String nothing, String unchanged) {
    this.verb = verb;
    this.participle = participle;
    this.nothing = nothing;
    this.unchanged = unchanged;
  }

  String verb() {
    return verb;
  }

  String participle() {
    return participle;
  }

  /// What to say where there is nothing to do.
  String nothing() {
    return nothing;
  }

  /// What to say of somebody for whom nothing changes.
  String unchanged(String who) {
    return who + unchanged;
  }

  /// At the beginning of a sentence.
  String done() {
    return Character.toUpperCase(participle.charAt(0)) + participle.substring(1);
  }

  /// The contrary.
  String notDone() {
    return "Not " + participle;
  }
}
