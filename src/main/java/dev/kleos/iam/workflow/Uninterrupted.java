package dev.kleos.iam.workflow;

/// Work on files after an interrupt was heeded: an interrupted thread can neither read nor write
/// any, so its mark comes back after the work.
final class Uninterrupted {
  private Uninterrupted() {}

  static <T, E extends Exception> T run(Work<T, E> work) throws E {
    var isInterrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Something to do, and what it throws.
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }
}
