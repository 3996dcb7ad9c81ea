package dev.kleos.iam.emulator;

import java.util.ArrayDeque;
import java.util.Deque;

/// The steps that take a change of the world back, so that a change that could not be saved never
/// happened.
final class UndoLog {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void add(Runnable step) {
    steps.push(step);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  void forget() {
    steps.clear();
  }

  void rollBack() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }
}
