package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Remedy;

/// What mends a fault, as a line to copy.
record RemedyCommand(RunOptions options, Surroundings surroundings) {
  /// The line; empty where no command mends it.
  String of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own(var command, var arguments) ->
          before(remedy) + options.line(command, arguments);
      case Remedy.Shell(var words) -> CommandText.line(words);
      case Remedy.Advice _, Remedy.None _ -> "";
    };
  }

  /// An admin says himself who is calling.
  private String before(Remedy remedy) {
    return remedy.isForAdmin()
        ? options.clouds().beforeOthers(surroundings)
        : options.clouds().before(surroundings);
  }
}
