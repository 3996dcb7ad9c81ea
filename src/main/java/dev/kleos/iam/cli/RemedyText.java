package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Remedy;
import java.util.Optional;

/// What mends a fault, as a line to read or to copy.
record RemedyText(Session session) {
  /// The line; empty where there is nothing to do. A command of ours is for an admin, who need not
  /// be the one who reads it.
  Optional<String> of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own(var command, var arguments) ->
          Optional.of(
              "Next: " + session.commandOfOthers(command, arguments.toArray(String[]::new)));
      case Remedy.Shell(var words) ->
          Optional.of(
              "Next: " + String.join(" ", words.stream().map(CommandText::quoted).toList()));
      case Remedy.Advice(var text) -> Optional.of(text);
      case Remedy.None() -> Optional.empty();
    };
  }
}
