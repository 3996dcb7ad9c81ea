package dev.kleos.iam.checkup;

import java.util.List;

/// What somebody does about a fault.
public sealed interface Remedy {
  /// A command of this tool, on the plan and in the place of this run.
  ///
  /// @param arguments what follows the command, not quoted
  record Own(String command, List<String> arguments) implements Remedy {
    public Own {
      arguments = List.copyOf(arguments);
    }

    /// The same from its words.
    public static Own of(String command, String... arguments) {
      return new Own(command, List.of(arguments));
    }
  }

  /// Any other command.
  ///
  /// @param words the program and its arguments, not quoted
  record Shell(List<String> words) implements Remedy {
    public Shell {
      words = List.copyOf(words);
    }

    /// The same from its words.
    public static Shell of(String... words) {
      return new Shell(List.of(words));
    }
  }

  /// What no command does: a sentence.
  record Advice(String text) implements Remedy {}

  /// There is nothing to do.
  record None() implements Remedy {}
}
