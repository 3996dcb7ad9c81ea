package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A process of this machine, with all its threads. It may die at any of its points: wherever it
/// calls, waits, sleeps or touches the disk.
final class SimulatedProcess {
  private final String name;
  private final Scheduler scheduler;
  private final Trace trace;
  private final Set<Thread> waiting = new LinkedHashSet<>();
  private int pointsLeft = Integer.MAX_VALUE;
  private boolean isDead;

  SimulatedProcess(String name, Scheduler scheduler, Trace trace) {
    this.name = name;
    this.scheduler = scheduler;
    this.trace = trace;
  }

  String name() {
    return name;
  }

  boolean isDead() {
    return isDead;
  }

  /// Lets it die by itself at one of its next points.
  void dieAfter(int points) {
    pointsLeft = points;
  }

  /// From now on none of its threads gets any further.
  void die() {
    if (!isDead) {
      isDead = true;
      trace.add(name, "dies");
      waiting.forEach(LockSupport::unpark);
    }
  }

  /// Where it may be dead.
  void point() {
    if (--pointsLeft <= 0) {
      die();
    }
    if (isDead) {
      throw new Crash();
    }
  }

  /// Lets others go on.
  void pause() {
    var isThere = new boolean[1];
    var thread = Thread.currentThread();
    scheduler.after(
        Duration.ZERO,
        () -> {
          isThere[0] = true;
          LockSupport.unpark(thread);
        });
    await(() -> isThere[0]);
  }

  /// Waits until something is so, and cannot be interrupted: a call under way is not cut short.
  void await(BooleanSupplier condition) {
    var isInterrupted = false;
    while (!condition.getAsBoolean()) {
      park();
      isInterrupted |= Thread.interrupted();
    }
    point();
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Time as this process sees it.
  Timer timer() {
    return new Timer() {
      @Override
      public Instant now() {
        return scheduler.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        SimulatedProcess.this.sleep(duration);
      }
    };
  }

  private void sleep(Duration duration) throws InterruptedException {
    point();
    var thread = Thread.currentThread();
    var end = scheduler.now().plus(duration);
    var alarm = scheduler.after(duration, () -> LockSupport.unpark(thread));
    try {
      do {
        if (Thread.interrupted()) {
          throw new InterruptedException("woken");
        }
        park();
      } while (scheduler.now().isBefore(end));
    } finally {
      alarm.cancel();
    }
    point();
  }

  private void park() {
    if (isDead) {
      throw new Crash();
    }
    var thread = Thread.currentThread();
    waiting.add(thread);
    LockSupport.park(this);
    waiting.remove(thread);
    if (isDead) {
      throw new Crash();
    }
  }
}
