package dev.kleos.iam.cloud;

import java.time.Duration;

/// How long something takes, in words for people.
final class Spell {
  private Spell() {}

  /// About so long, e.g. `90 seconds`, `15 minutes`, `24 hours`.
  static String of(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return count(up(duration.toMillis(), 1000), "second");
    }
    return duration.compareTo(Duration.ofHours(2)) < 0
        ? count(duration.plusSeconds(30).toMinutes(), "minute")
        : count(duration.plusMinutes(30).toHours(), "hour");
  }

  /// No more than so long; beyond ten seconds so roughly that calls which failed side by side say
  /// the same: reports show what they have in common once. Below, whoever set a short time would
  /// read one that is longer than what passed.
  static String atMost(Duration duration) {
    var tens = up(duration.toMillis(), 10_000);
    if (tens == 1) {
      return count(up(duration.toMillis(), 1000), "second");
    }
    return tens <= 6 ? 10 * tens + " seconds" : count(up(duration.toMillis(), 60_000), "minute");
  }

  private static long up(long amount, long unit) {
    return Math.max(1, Math.ceilDiv(amount, unit));
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
