package dev.kleos.iam.report;

import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.checkup.Step;
import java.util.List;
import java.util.function.Function;

/// A checkup for people: a line a step, and below a fault what mends it.
///
/// @param command a remedy as a line to copy; empty where it is none
public record CheckupReport(Screen screen, Function<Remedy, String> command) {
  private static final int TITLE = 16;

  /// One step.
  public void step(Step step) {
    var title = step.stage().title();
    screen.hanging(
        TITLE + 2,
        sign(step),
        Span.of(" " + title + " ".repeat(Math.max(1, TITLE - title.length()))),
        Span.of(Escape.brief(step.finding())));
    var remedy =
        step.remedy() instanceof Remedy.Advice(var advice)
            ? Escape.brief(advice)
            : command.apply(step.remedy());
    if (!remedy.isEmpty()) {
      screen.hanging(
          TITLE + 2, Span.of(" ".repeat(TITLE + 2) + whose(step.remedy())), Span.bold(remedy));
    }
  }

  /// Who runs what mends a fault, before the command; empty where that is whoever asks.
  public static String whose(Remedy remedy) {
    return remedy.isForAdmin() ? "An admin runs: " : "";
  }

  /// The sum of it.
  public static String sum(List<Step> steps) {
    var broken = steps.stream().filter(step -> step.state() == Step.State.BROKEN).count();
    var unknown = steps.stream().filter(step -> step.state() == Step.State.UNKNOWN).count();
    if (broken > 0) {
      return "Broken at " + (broken == 1 ? "1 step." : broken + " steps.");
    }
    return unknown == 0
        ? "All " + steps.size() + " steps are fine."
        : "Nothing is broken; "
            + unknown
            + " of "
            + steps.size()
            + " steps cannot be told from here.";
  }

  private static Span sign(Step step) {
    return switch (step.state()) {
      case FINE -> new Span(Style.ADDED, "✓");
      case BROKEN -> new Span(Style.REMOVED, "✗");
      case UNKNOWN -> new Span(Style.CHANGED, "?");
    };
  }
}
