package dev.kleos.iam.simulation;

import java.util.EnumMap;
import java.util.Map;

/// What was counted.
final class Tally {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<What, Long> others = new EnumMap<>(What.class);

  /// What is counted besides faults.
  enum What {
    SEEDS("seeds"),
    STEPS("steps"),
    RUNS("runs of the program"),
    UNDOS("of them to undo another"),
    CALLS("calls of theirs"),
    WRITES("writes of theirs"),
    CONFLICTS("of theirs met by a conflict"),
    RIVAL_WRITES("writes of rivals"),
    STOPS("times Ctrl-C"),
    CRASHES("runs that died"),
    SECONDS("seconds of their time");

    private final String words;

    What(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  Fault count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
    return fault;
  }

  void count(What what) {
    count(what, 1);
  }

  void count(What what, long number) {
    others.merge(what, number, Long::sum);
  }

  long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  long of(What what) {
    return others.getOrDefault(what, 0L);
  }

  long faults() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  void add(Tally other) {
    other.faults.forEach((fault, number) -> faults.merge(fault, number, Long::sum));
    other.others.forEach((what, number) -> others.merge(what, number, Long::sum));
  }
}
