package dev.kleos.iam.simulation;

/// The process died: its threads end where they are. An error, because no code catches these.
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process died", null, false, false);
  }
}
