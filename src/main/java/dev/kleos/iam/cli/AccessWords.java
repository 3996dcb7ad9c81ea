package dev.kleos.iam.cli;

/// How `grant` and `revoke` speak of what they do.
enum AccessWords {
  GRANT("grant", "granted", "Already granted: nothing to do."),
  REVOKE("revoke", "revoked", "Nothing to revoke.");

  private final String verb;
  private final String participle;
  private final String nothing;

  AccessWords(String verb, String participle, String nothing) {
    this.verb = verb;
    this.participle = participle;
    this.nothing = nothing;
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

  /// At the beginning of a sentence.
  String done() {
    return Character.toUpperCase(participle.charAt(0)) + participle.substring(1);
  }

  /// The contrary.
  String notDone() {
    return "Not " + participle;
  }
}
