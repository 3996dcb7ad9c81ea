package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Somebody's wish that no more be started. It wakes whoever sleeps between two calls, and cuts no
/// call short, because nobody would know what became of it.
public final class Stop {
  private final Set<Thread> sleeping = new HashSet<>();
  private boolean requested;

  /// Wishes it, once and for all.
  public synchronized void request() {
    requested = true;
    sleeping.forEach(Thread::interrupt);
  }

  /// Whether somebody has wished it.
  public synchronized boolean isRequested() {
    return requested;
  }

  /// The same time, but that a sleep ends with an [InterruptedException] once this is wished, and
  /// none begins after that.
  Timer waking(Timer timer) {
    return new Timer() {
      @Override
      public Instant now() {
        return timer.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        begin();
        try {
          timer.sleep(duration);
        } finally {
          end();
        }
        if (isRequested()) {
          throw new InterruptedException("woken");
        }
      }
    };
  }

  private synchronized void begin() throws InterruptedException {
    if (requested) {
      throw new InterruptedException("not begun");
    }
    sleeping.add(Thread.currentThread());
  }

  /// What woke the thread is not for it to see later: the wish stays.
  private synchronized void end() {
    sleeping.remove(Thread.currentThread());
    if (requested) {
      Thread.interrupted();
    }
  }
}
