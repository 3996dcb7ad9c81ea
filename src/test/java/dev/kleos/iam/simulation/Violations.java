package dev.kleos.iam.simulation;

import java.util.ArrayList;
import java.util.List;

/// What was found not to hold, and what led to the first of it.
final class Violations {
  private static final int MOST = 20;

  private final List<Violation> all = new ArrayList<>();
  private final Trace trace;
  private List<String> steps = List.of();

  Violations(Trace trace) {
    this.trace = trace;
  }

  void report(Invariant invariant, String what) {
    if (all.size() < MOST) {
      trace.add("!!", invariant.name() + ": " + what);
      if (all.isEmpty()) {
        steps = trace.last();
      }
      all.add(new Violation(invariant, what));
    }
  }

  List<Violation> all() {
    return List.copyOf(all);
  }

  /// The last steps that led to the first one.
  List<String> steps() {
    return steps;
  }

  /// One of them.
  record Violation(Invariant invariant, String what) {}
}
