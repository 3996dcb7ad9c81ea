package dev.kleos.iam.report;

import dev.kleos.iam.checkup.LeftOn;
import dev.kleos.iam.checkup.Remedy;
import java.util.function.Function;

/// Whom gcloud and programs act as on this machine, for people.
///
/// @param command a remedy as a line to copy; empty where it is none
public record ImpersonationReport(Screen screen, Function<Remedy, String> command) {
  /// Prints it, and how to end it.
  public void print(LeftOn left) {
    screen.line("gcloud    acts as " + left.gcloudActsAs());
    screen.line("programs  act as " + left.programsActAs());
    var ends = left.ends();
    if (ends.isEmpty()) {
      return;
    }
    screen.blank();
    left.warnings()
        .forEach(warning -> screen.line(new Span(Style.ALARM, "note: "), Span.of(warning + ".")));
    left.since()
        .ifPresent(since ->
            screen.line(
                "On since "
                    + HistoryReport.TIME.format(since)
                    + ", "
                    + left.time().orElse("")
                    + "."));
    ends.forEach(end -> screen.line(Span.of("End it: "), Span.bold(command.apply(end))));
  }
}
