package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Until when the calls of a phase are tried again. For many threads.
final class Deadline {
  /// Long enough for a passing fault, short enough for a person who forgot to plug the cable in.
  private static final Duration UNREACHED = Duration.ofSeconds(25);

  private final Duration timeout;
  private final Timer timer;
  private @Nullable Instant begin;
  private boolean answered;

  private Deadline(Duration timeout, Timer timer, @Nullable Instant begin, boolean answered) {
    this.timeout = timeout;
    this.timer = timer;
    this.begin = begin;
    this.answered = answered;
  }

  /// So long after the first call. But a network that was never there is not waited for.
  static Deadline after(Duration timeout, Timer timer) {
    return new Deadline(timeout, timer, null, false);
  }

  /// At a time that is known.
  static Deadline at(Instant end, Timer timer) {
    return new Deadline(Duration.ZERO, timer, end, true);
  }

  /// A call is made; the first one begins the phase.
  synchronized void called() {
    if (begin == null) {
      begin = timer.now();
    }
  }

  /// Google was reached.
  synchronized void answered() {
    answered = true;
  }

  /// The deadline, as far as is known now.
  synchronized Instant end() {
    var patience = answered || timeout.compareTo(UNREACHED) < 0 ? timeout : UNREACHED;
    return (begin == null ? timer.now() : begin).plus(patience);
  }
}
