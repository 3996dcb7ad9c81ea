package dev.kleos.iam.checkup;

import java.util.List;

/// What somebody does about a fault.
public sealed interface Remedy {
  /// Whether it takes somebody who may change the project, rather than whoever asks.
  default boolean isForAdmin() {
    return switch (this) {
      case Own(var command, _) -> !command.equals("doctor");
      case Shell(var words) -> words.getFirst().equals("gcloud") && !isOfMachine(words.get(1));
      case Advice _, None _ -> false;
    };
  }

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

  /// Any other command, and one of this tool that is about this machine alone.
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

  /// Whether a group of gcloud's commands changes what is on this machine alone.
  private static boolean isOfMachine(String group) {
    return group.equals("auth") || group.equals("config");
  }
}
