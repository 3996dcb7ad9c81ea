package dev.kleos.iam.simulation;

import dev.kleos.iam.model.DesiredState;

/// What a program is started for.
sealed interface Job {
  /// As it is typed.
  String name();

  /// To apply a plan.
  record Plan(DesiredState desired) implements Job {
    @Override
    public String name() {
      return "apply";
    }
  }

  /// To take back what a run did.
  ///
  /// @param number of the run in the journal
  /// @param of the process whose run it was
  record Undo(int number, SimulatedProcess of) implements Job {
    @Override
    public String name() {
      return "undo " + number;
    }
  }
}
