package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The loop around a call to Google, which is made again where it failed with
/// [CloudException.Transient]: 500, 502, 503 and 504, in gRPC's words INTERNAL, UNAVAILABLE,
/// DEADLINE_EXCEEDED and at times UNKNOWN; and 429, after as long as Google asks for. Source:
/// "Retry failed requests" in Google's IAM documentation; for 429, the description of
/// `google.rpc.RetryInfo`.
///
/// Not 403 and 404: whether they are about an account that is too new to be seen, the applier
/// knows. Not 409 and 412: after them the whole read-modify-write is to be done again, not the
/// call.
///
/// A write is made again although its answer may only be lost: a policy's etag makes a conflict of
/// the repetition, a repeated creation finds that the account exists, and a repeated patch says the
/// same once more.
final class Retries implements Wrapping {
  /// How long somebody waits for a suggestion, or for a line to copy.
  private static final Duration KINDNESS = Duration.ofSeconds(10);

  private static final String INTERRUPTED = "Interrupted before it was tried again.";

  private final Deadline deadline;
  private final Timer timer;
  private final RandomGenerator random;

  Retries(Deadline deadline, Timer timer, RandomGenerator random) {
    this.deadline = deadline;
    this.timer = timer;
    this.random = random;
  }

  @Override
  public <T> T read(Supplier<T> call) {
    return new Tries(deadline::end).of(call);
  }

  /// A call under way is never cut short at the deadline, because nobody would know what became of
  /// it: it can end as much later as a call may take.
  @Override
  public <T> T write(Supplier<T> call) {
    return new Tries(deadline::end).of(call);
  }

  @Override
  public Retries by(Timer other) {
    return new Retries(deadline, other, random);
  }

  @Override
  public <T> T kindly(Supplier<T> call) {
    var soon = timer.now().plus(KINDNESS);
    return new Tries(() -> soon.isBefore(deadline.end()) ? soon : deadline.end()).of(call);
  }

  /// The tries of one call.
  private final class Tries {
    private final Instant begin = timer.now();
    private final Supplier<Instant> end;
    private final Backoff.Attempts attempts;

    Tries(Supplier<Instant> end) {
      this.end = end;
      this.attempts = Backoff.forFaults(end, timer, random).start();
    }

    <T> T of(Supplier<T> call) {
      deadline.called();
      CloudException.@Nullable Transient last = null;
      while (true) {
        try {
          var answer = call.get();
          deadline.answered();
          return answer;
        } catch (CloudException.Transient e) {
          if (!e.isSilence()) {
            deadline.answered();
          }
          pause(e);
          last = e;
        } catch (CloudException e) {
          deadline.answered();
          throw e;
        } catch (NotBegunException e) {
          if (last == null) {
            throw e;
          }
          throw told(last).with(INTERRUPTED);
        }
      }
    }

    /// Waits for the next try, or throws the failure where there will be none. An interrupt ends
    /// the waiting, and stays to be seen by others.
    private void pause(CloudException.Transient failure) {
      var asked = failure.retryAfter().orElse(Duration.ZERO);
      if (asked.isPositive() && isTooLong(asked)) {
        throw told(failure.with("Google asks to wait " + Spell.of(asked) + "."));
      }
      try {
        if (!attempts.again(asked)) {
          throw told(failure);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw told(failure).with(INTERRUPTED);
      }
    }

    private boolean isTooLong(Duration asked) {
      return asked.compareTo(CloudException.Transient.LONGEST_WAIT) > 0
          || !timer.now().plus(asked).isBefore(end.get());
    }

    private CloudException.Transient told(CloudException.Transient failure) {
      if (attempts.count() == 1) {
        return failure;
      }
      var time = Spell.atMost(Duration.between(begin, timer.now()));
      return failure.with("Tried " + attempts.count() + " times within " + time + ".");
    }
  }
}
