package dev.kleos.iam.fuzz;

import java.util.Random;
import java.util.Set;

/// What is fuzzed, and what must hold whatever it is given.
interface Target {
  /// The folder of its corpus.
  String name();

  /// How many times fewer inputs than of the fastest target are tried in the same time, roughly.
  int cost();

  /// An input, made by the random numbers alone.
  byte[] input(Random random);

  /// Gives it to the program.
  ///
  /// @return what came of it
  /// @throws AssertionError where a property does not hold
  /// @throws Exception what the program must not throw
  Verdict run(byte[] input) throws Exception;

  /// What came of an input.
  ///
  /// @param isAccepted whether the program took it for what it was made from
  /// @param outcomes what was reached: codes of problems, exit codes
  record Verdict(boolean isAccepted, Set<String> outcomes) {
    public Verdict {
      outcomes = Set.copyOf(outcomes);
    }
  }
}
