package dev.kleos.iam.workflow;

import java.util.concurrent.ThreadLocalRandom;

/// Patience with others who save the same file at the same time: each save takes a few
/// milliseconds, and somebody gets through every time.
final class FileRivals {
  /// How often a file that others save is edited anew before it is left to them.
  static final int MOST_TRIES = 300;

  private static final long LONGEST_PAUSE_MILLIS = 50;

  private FileRivals() {}

  /// Waits for as long as chance has it, so that rivals do not stay in step.
  static void pause() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS + 1));
  }
}
