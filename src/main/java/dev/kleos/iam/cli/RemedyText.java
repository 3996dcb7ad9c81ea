package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Remedy;
import java.util.Optional;

/// What mends a fault, as a line to read or to copy.
record RemedyText(Session session) {
  /// The line; empty where there is nothing to do.
  Optional<String> of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own _, Remedy.Shell _ ->
          Optional.of(
              "Next: " + new RemedyCommand(session.options(), session.surroundings()).of(remedy));
      case Remedy.Advice(var text) -> Optional.of(text);
      case Remedy.None() -> Optional.empty();
    };
  }
}
