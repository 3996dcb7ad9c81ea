package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.report.CheckupReport;
import java.util.Optional;

/// What mends a fault, as a line to read or to copy.
record RemedyText(Session session) {
  /// The line; empty where there is nothing to do.
  Optional<String> of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own _, Remedy.Shell _ -> Optional.of(lead(remedy) + command(remedy));
      case Remedy.Advice(var text) -> Optional.of(text);
      case Remedy.None() -> Optional.empty();
    };
  }

  private static String lead(Remedy remedy) {
    var whose = CheckupReport.whose(remedy);
    return whose.isEmpty() ? "Next: " : whose;
  }

  private String command(Remedy remedy) {
    return new RemedyCommand(session.options(), session.surroundings()).of(remedy);
  }
}
