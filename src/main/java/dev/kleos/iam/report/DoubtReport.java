package dev.kleos.iam.report;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planner.Doubt;
import java.util.List;
import java.util.function.BiFunction;

/// What speaks for a slip of the fingers, with the command that was probably meant.
public final class DoubtReport {
  private final Screen screen;
  private final BiFunction<Principal, String, String> command;

  /// Prepares a report.
  ///
  /// @param command the command line with the principal replaced by another spelling
  public DoubtReport(Screen screen, BiFunction<Principal, String, String> command) {
    this.screen = screen;
    this.command = command;
  }

  /// A few lines a doubt.
  public void print(List<Doubt> doubts) {
    for (var doubt : doubts) {
      var who = doubt.principal().spelling();
      switch (doubt) {
        case Doubt.LikeMember(var principal, var member) -> {
          note(who + " is one character away from " + member + ", who is known here already.");
          instead(principal, member.spelling());
        }
        case Doubt.OtherType(var principal, var member) -> {
          note(who + " is known here as " + member + ".");
          instead(principal, member.spelling());
        }
        case Doubt.NewDomain(var principal, var domain, var nearest) -> {
          note("nobody else here is of " + domain + ".");
          nearest.ifPresent(near ->
              instead(
                  principal,
                  principal.spelling().substring(0, principal.spelling().length() - domain.length())
                      + near));
        }
      }
      screen.blank();
    }
  }

  private void note(String text) {
    screen.line(new Span(Style.ALARM, "Check: "), Span.of(text));
  }

  private void instead(Principal principal, String spelling) {
    screen.line("  If that is meant: " + command.apply(principal, spelling));
  }
}
