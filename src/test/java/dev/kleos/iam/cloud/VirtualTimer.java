package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time that only passes by sleeping, and sleeping that takes none. For many threads.
public final class VirtualTimer implements Timer {
  /// When it starts.
  public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private Instant now = START;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    synchronized (this) {
      sleeps.add(duration);
      now = now.plus(duration);
    }
  }

  /// How long each sleep was, in order.
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  /// How much time has passed.
  public synchronized Duration elapsed() {
    return Duration.between(START, now);
  }
}
