package dev.kleos.iam.applier;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// How long to wait between attempts: full jitter (anything from nothing to a bound that doubles),
/// because rivals that wait equally long collide again. Source: "Exponential backoff and jitter",
/// AWS Architecture Blog; the cap of 32 s is Google's.
///
/// @param first the first bound
/// @param cap the largest bound
/// @param deadline when to give up
public record Backoff(
    Duration first, Duration cap, Instant deadline, Timer timer, RandomGenerator random) {

  /// For conflicting writes, which take some 100 ms each.
  public static Backoff forConflicts(Instant deadline, Timer timer, RandomGenerator random) {
    return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(32), deadline, timer, random);
  }

  /// For accounts that were created just now: Google speaks of "60 seconds or more" until every
  /// call sees them; after two minutes something else is wrong.
  public static Backoff forNewAccounts(Instant deadline, Timer timer, RandomGenerator random) {
    var enough = timer.now().plus(Duration.ofMinutes(2));
    return new Backoff(
        Duration.ofMillis(500),
        Duration.ofSeconds(8),
        enough.isBefore(deadline) ? enough : deadline,
        timer,
        random);
  }

  /// A fresh count of attempts.
  public Attempts start() {
    return new Attempts();
  }

  /// The attempts at one piece of work; for one thread.
  public final class Attempts {
    private int count = 1;

    private Attempts() {}

    /// Which attempt this is, from 1.
    public int count() {
      return count;
    }

    /// Waits before another attempt; answers false, at once, where the deadline would pass first.
    public boolean again() throws InterruptedException {
      var doublings = Math.min(count - 1, 30);
      var bound = Math.min(cap.toMillis(), first.toMillis() << doublings);
      var wait = Duration.ofMillis(random.nextLong(bound + 1));
      if (!timer.now().plus(wait).isBefore(deadline)) {
        return false;
      }
      timer.sleep(wait);
      count++;
      return true;
    }
  }
}
