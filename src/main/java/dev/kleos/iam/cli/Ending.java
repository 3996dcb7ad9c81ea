package dev.kleos.iam.cli;

/// What is done also where the program is told to stop while this is open; whoever opens it does it
/// himself otherwise.
final class Ending implements AutoCloseable {
  private final Thread hook;

  Ending(Runnable work) {
    hook = new Thread(work, "ending");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is being done.
    }
  }
}
