package dev.kleos.iam.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Another clock, put forward.
final class ClockAhead extends Clock {
  /// What Google's timestamps can say (**documented**).
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  ClockAhead(Clock clock) {
    this.clock = clock;
  }

  /// Puts it forward once more.
  ///
  /// @throws IllegalArgumentException where that is back, or beyond all dates
  synchronized void advance(Duration by) {
    if (by.isNegative() || Duration.between(instant(), END).compareTo(by) < 0) {
      throw new IllegalArgumentException("not a time to put a clock forward by: " + by);
    }
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    var other = new ClockAhead(clock.withZone(zone));
    other.ahead = ahead;
    return other;
  }
}
