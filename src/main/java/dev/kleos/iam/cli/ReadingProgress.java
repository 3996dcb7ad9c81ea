package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.report.Screen;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// A line on a terminal that counts, once the work takes long enough for a person to wonder.
final class ReadingProgress implements Progress, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Screen screen;
  private final boolean watched;
  private int done;
  private int total;
  private boolean late;
  private boolean shown;
  private boolean over;

  /// Shows nothing where nobody watches.
  ReadingProgress(Screen screen, boolean watched) {
    this.screen = screen;
    this.watched = watched;
    if (watched) {
      Thread.startVirtualThread(this::becomeLate);
    }
  }

  @Override
  public void at(int done, int total) {
    lock.lock();
    try {
      this.done = done == 0 ? 0 : Math.max(done, this.done);
      this.total = total;
      show();
    } finally {
      lock.unlock();
    }
  }

  /// Takes the line away for good, and answers how far it was, e.g. `3 of 7`.
  String end() {
    lock.lock();
    try {
      if (shown) {
        screen.status("");
      }
      over = true;
      return words();
    } finally {
      lock.unlock();
    }
  }

  /// Says something in between.
  void interject(String text) {
    lock.lock();
    try {
      if (shown) {
        screen.status("");
      }
      screen.line(text);
      show();
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
      done = 0;
      total = 0;
    } finally {
      lock.unlock();
    }
  }

  private void becomeLate() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      return;
    }
    lock.lock();
    try {
      late = true;
      show();
    } finally {
      lock.unlock();
    }
  }

  private String words() {
    return done + " of " + total;
  }

  private void show() {
    if (watched && late && !over && total > 0) {
      shown = true;
      screen.status(words() + " …");
    }
  }
}
