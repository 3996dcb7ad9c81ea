package dev.kleos.iam.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// What happened, in order: the last of it to be read, all of it as a number that tells two runs
/// apart.
final class Trace {
  /// How much of it is kept unless all is.
  static final int FEW = 80;

  private final Deque<Entry> last = new ArrayDeque<>();
  private final Scheduler scheduler;
  private final int most;
  private long fingerprint;

  /// @param most how much of it is kept
  Trace(Scheduler scheduler, int most) {
    this.scheduler = scheduler;
    this.most = most;
  }

  void add(String who, String what) {
    var entry = new Entry(scheduler.now(), who, what);
    fingerprint = (fingerprint ^ entry.hash()) * 0x9E3779B97F4A7C15L;
    fingerprint ^= fingerprint >>> 29;
    if (last.size() == most) {
      last.removeFirst();
    }
    last.addLast(entry);
  }

  List<String> last() {
    return last.stream().map(Entry::line).toList();
  }

  long fingerprint() {
    return fingerprint;
  }

  private record Entry(Instant at, String who, String what) {
    long hash() {
      return 31 * (31L * who.hashCode() + what.hashCode()) + at.toEpochMilli();
    }

    String line() {
      var seconds = Duration.between(Scheduler.START, at).toMillis() / 1000.0;
      return String.format(Locale.ROOT, "%9.3f s  %-8s %s", seconds, who, what);
    }
  }
}
