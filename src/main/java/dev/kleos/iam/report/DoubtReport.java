package dev.kleos.iam.report;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planner.Doubt;
import java.util.List;

/// What speaks for a slip of the fingers, with the command that was probably meant.
public final class DoubtReport {
  private final Screen screen;
  private final Rewriting spelling;
  private final Rewriting command;

  /// Prepares a report.
  ///
  /// @param spelling how the principal would be typed in another spelling
  /// @param command the command line with the principal in another spelling
  public DoubtReport(Screen screen, Rewriting spelling, Rewriting command) {
    this.screen = screen;
    this.spelling = spelling;
    this.command = command;
  }

  /// Two lines a doubt.
  public void print(List<Doubt> doubts) {
    for (var doubt : doubts) {
      var who = doubt.principal();
      var instead = doubt.instead();
      screen.line(
          new Span(Style.ALARM, "Check: "),
          Span.of(Phrases.doubt(doubt) + "."),
          Span.of(instead.map(it -> " Did you mean " + spelling.of(who, it) + "?").orElse("")));
      instead.ifPresent(it -> screen.line("  " + command.of(who, it)));
      screen.blank();
    }
  }

  /// Something about a principal in another spelling.
  @FunctionalInterface
  public interface Rewriting {
    /// The text.
    String of(Principal principal, String spelling);
  }
}
