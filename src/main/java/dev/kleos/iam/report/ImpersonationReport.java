package dev.kleos.iam.report;

import dev.kleos.iam.checkup.LeftOn;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.session.SwitchedOn;
import java.util.Optional;
import java.util.function.Function;

/// Whom gcloud and programs act as on this machine, for people.
///
/// @param command a remedy as a line to copy; empty where it is none
public record ImpersonationReport(Screen screen, Function<Remedy, String> command) {
  /// Prints it, and how to end it.
  public void print(LeftOn left) {
    var who = left.who();
    screen.line(
        "gcloud    acts as "
            + who.gcloud()
                .map(setting -> setting.value() + " (" + setting.origin() + ")")
                .orElseGet(() -> oneself(who.gcloudLogin())));
    screen.line("programs  act as " + who.programs().orElseGet(() -> oneself(who.programsLogin())));
    var ends = left.ends();
    if (ends.isEmpty()) {
      return;
    }
    screen.blank();
    left.warnings()
        .forEach(warning -> screen.line(new Span(Style.ALARM, "note: "), Span.of(warning + ".")));
    who.switchedOn()
        .map(SwitchedOn::since)
        .ifPresent(since ->
            screen.line(
                "On since "
                    + HistoryReport.TIME.format(since)
                    + ", "
                    + left.time().orElse("")
                    + "."));
    ends.forEach(end -> screen.line(Span.of("End it: "), Span.bold(command.apply(end))));
  }

  private static String oneself(Optional<String> login) {
    return "yourself" + login.map(email -> " (" + email + ")").orElse("");
  }
}
