package dev.kleos.iam.report;

import dev.kleos.iam.planfile.Problem;
import java.util.List;

/// Problems of plan files: where, which, what to do, and the line itself with a caret under it.
public final class ProblemReport {
  private final Screen screen;

  public ProblemReport(Screen screen) {
    this.screen = screen;
  }

  /// Every problem, in the order given.
  public void print(List<Problem> problems) {
    problems.forEach(this::print);
  }

  private void print(Problem problem) {
    var origin = problem.origin();
    var warning = problem.severity() == Problem.Severity.WARNING;
    screen.line(
        Span.bold(origin.file() + ":" + origin.line() + ":" + origin.column() + ":"),
        Span.of(" "),
        new Span(warning ? Style.BOLD : Style.ALARM, problem.code() + (warning ? " warning:" : "")),
        Span.of(" "),
        Span.of(problem.message()));
    if (!problem.excerpt().isEmpty()) {
      excerpt(problem);
    }
  }

  /// The caret stands under the character, however wide the characters before it are when escaped.
  private void excerpt(Problem problem) {
    var excerpt = problem.excerpt().replace('\t', '→');
    var characters = excerpt.codePointCount(0, excerpt.length());
    var from = excerpt.offsetByCodePoints(0, Math.min(problem.caret() - 1, characters));
    var length = Math.min(problem.width(), excerpt.codePointCount(from, excerpt.length()));
    var until = excerpt.offsetByCodePoints(from, length);
    var indent = Span.width(excerpt.substring(0, from));
    var carets = Math.max(1, Span.width(excerpt.substring(from, until)));
    screen.whole(Span.of("  " + excerpt));
    screen.whole(Span.of("  " + " ".repeat(indent)), new Span(Style.ADDED, "^".repeat(carets)));
  }
}
