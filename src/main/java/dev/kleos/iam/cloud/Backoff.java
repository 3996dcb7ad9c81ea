package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// How long to wait between attempts, and when to give up.
///
/// @param deadline asked before each wait
public record Backoff(
    Schedule schedule, Supplier<Instant> deadline, Timer timer, RandomGenerator random) {
  /// One of the two caps that Google calls usual.
  private static final Duration CAP = Duration.ofSeconds(32);

  /// For conflicting writes, which take some 100 ms each.
  public static Backoff forConflicts(Instant deadline, Timer timer, RandomGenerator random) {
    return new Backoff(jittered(Duration.ofMillis(200), CAP), () -> deadline, timer, random);
  }

  /// For accounts that were created just now: Google speaks of "60 seconds or more" until every
  /// call sees them; after two minutes something else is wrong.
  public static Backoff forNewAccounts(Instant deadline, Timer timer, RandomGenerator random) {
    var enough = timer.now().plus(Duration.ofMinutes(2));
    var end = enough.isBefore(deadline) ? enough : deadline;
    return new Backoff(
        jittered(Duration.ofMillis(500), Duration.ofSeconds(8)), () -> end, timer, random);
  }

  /// For grants that have yet to spread, mostly within two minutes: asking is cheap, and a minute
  /// more of waiting is not.
  public static Backoff forGrants(Instant deadline, Timer timer, RandomGenerator random) {
    return new Backoff(
        jittered(Duration.ofSeconds(1), Duration.ofSeconds(16)), () -> deadline, timer, random);
  }

  /// For faults on Google's side: before retry n, counted from 0, 2ⁿ s and up to a second more, 32
  /// s at most. Source: "Retry failed requests" in Google's IAM documentation.
  static Backoff forFaults(Supplier<Instant> deadline, Timer timer, RandomGenerator random) {
    return new Backoff(
        (retry, chance) ->
            least(doubled(Duration.ofSeconds(1), retry).plusMillis(chance.nextLong(1001)), CAP),
        deadline,
        timer,
        random);
  }

  /// A fresh count of attempts.
  public Attempts start() {
    return new Attempts();
  }

  /// Full jitter (anything from nothing to a bound that doubles), because rivals that wait equally
  /// long collide again. Source: "Exponential backoff and jitter", AWS Architecture Blog.
  private static Schedule jittered(Duration first, Duration cap) {
    return (retry, random) ->
        Duration.ofMillis(random.nextLong(least(doubled(first, retry), cap).toMillis() + 1));
  }

  private static Duration doubled(Duration first, int times) {
    return first.multipliedBy(1L << Math.min(times, 30));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// How long to wait before each attempt.
  @FunctionalInterface
  public interface Schedule {
    /// The wait before retry number `retry`, counted from 0.
    Duration before(int retry, RandomGenerator random);
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
      return again(Duration.ZERO);
    }

    /// The same, but waits `least` even where the schedule has less.
    boolean again(Duration least) throws InterruptedException {
      var scheduled = schedule.before(count - 1, random);
      var wait = scheduled.compareTo(least) < 0 ? least : scheduled;
      if (!timer.now().plus(wait).isBefore(deadline.get())) {
        return false;
      }
      timer.sleep(wait);
      count++;
      return true;
    }
  }
}
