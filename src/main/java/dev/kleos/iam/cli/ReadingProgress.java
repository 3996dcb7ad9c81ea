package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.report.Screen;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// A line on a terminal that counts, once the work takes long enough for a person to wonder.
final class ReadingProgress implements Progress, AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Screen screen;
  private final boolean watched;
  private final long started = System.nanoTime();
  private int furthest;
  private boolean shown;

  ReadingProgress(Screen screen, boolean watched) {
    this.screen = screen;
    this.watched = watched;
  }

  @Override
  public void at(int done, int total) {
    if (!watched) {
      return;
    }
    lock.lock();
    try {
      if (done > furthest && System.nanoTime() - started > PATIENCE_NANOS) {
        furthest = done;
        shown = true;
        screen.status(done + " of " + total + " …");
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the line away again; more work may follow.
  @Override
  public void close() {
    lock.lock();
    try {
      if (shown) {
        screen.status("");
      }
      shown = false;
      furthest = 0;
    } finally {
      lock.unlock();
    }
  }
}
