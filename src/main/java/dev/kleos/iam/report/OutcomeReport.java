package dev.kleos.iam.report;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Substitution;
import dev.kleos.iam.planfile.Origins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of each change.
public final class OutcomeReport {
  /// As wide as a verdict and what follows it.
  private static final int HANGING = 11;

  private static final String INDENT = " ".repeat(HANGING);

  private final Screen screen;
  private final Origins origins;
  private List<Failure> lacking = List.of();

  public OutcomeReport(Screen screen, Origins origins) {
    this.screen = screen;
    this.origins = origins;
  }

  /// A line a change, and below it what went wrong.
  public void print(List<AppliedChange> applied) {
    lacking = LackReport.among(applied.stream().flatMap(step -> failure(step).stream()).toList());
    var width = 0;
    for (var step : applied) {
      width = Math.max(width, Span.width(Phrases.name(step.change().resource())));
    }
    for (var step : applied) {
      var name = Span.of(Phrases.name(step.change().resource())).padded(width);
      var written = step.written().map(OutcomeReport::deed).orElse("");
      screen.cells(HANGING, verdict(step), Span.of("  "), name, Span.of("  "), Span.of(written));
      details(step);
    }
    if (!lacking.isEmpty()) {
      screen.blank();
      new LackReport(screen).sum(lacking);
    }
  }

  /// A plan file that was saved.
  public void saved(String file) {
    file(Span.bold("saved    "), file, "");
  }

  /// A plan file that was saved, and then put back.
  public void takenBack(String file) {
    file(Span.bold("put back "), file, "it is as it was");
  }

  /// A plan file that was saved, and then said something else for some.
  ///
  /// @param withdrawn those for whom it says what it said before
  /// @param renamed those for whom it says another name
  public void amended(String file, List<Principal> withdrawn, List<Substitution> renamed) {
    var parts = new ArrayList<String>();
    if (!withdrawn.isEmpty()) {
      parts.add(
          "as it was for " + withdrawn.stream().map(Principal::spelling).collect(joining(", ")));
    }
    renamed.forEach(pair ->
        parts.add("with " + Escape.brief(pair.stored().spelling()) + " for " + pair.sent()));
    file(Span.bold("saved    "), file, String.join(", ", parts));
  }

  /// A plan file that does not say what it should.
  ///
  /// @param why which file, and what is in the way
  public void stale(String why) {
    file(new Span(Style.ALARM, "NOT SAVED"), why, "");
  }

  private void file(Span verdict, String file, String detail) {
    screen.cells(HANGING, verdict, Span.of("  "), Span.of(file), Span.of("  "), Span.of(detail));
  }

  private static Optional<Failure> failure(AppliedChange step) {
    return step.outcome() instanceof Outcome.Failed(var failure)
        ? Optional.of(failure)
        : Optional.empty();
  }

  private static Span verdict(AppliedChange step) {
    return switch (step.outcome()) {
      case Outcome.Applied _ -> Span.bold("done     ");
      case Outcome.AlreadyInEffect _ -> Span.bold("in effect");
      case Outcome.Skipped _ -> Span.bold("skipped  ");
      case Outcome.Failed _ -> new Span(Style.ALARM, "FAILED   ");
      case Outcome.Partly _ ->
          new Span(Style.ALARM, step.written().isPresent() ? "IN PART  " : "FAILED   ");
      case Outcome.Stopped _ -> Span.bold("not done ");
      case Outcome.Contended _ -> new Span(Style.ALARM, "CONFLICT ");
      case Outcome.Rewritten _ -> new Span(Style.ALARM, "REWRITTEN");
    };
  }

  private static String deed(Change change) {
    var parts = new ArrayList<String>();
    Tally.of(List.of(change)).addDone(parts);
    return String.join(Summary.SEPARATOR, parts);
  }

  private void details(AppliedChange step) {
    switch (step.outcome()) {
      case Outcome.Applied(var attempts) -> {
        if (attempts > 1) {
          line(
              "others wrote at the same time, and what they wrote was kept: kleos-iam plan shows it");
        }
      }
      case Outcome.AlreadyInEffect(var isPerhapsOurs) ->
          line(
              isPerhapsOurs
                  ? "by a try of ours whose answer was lost, or by somebody else: kleos-iam plan shows the rest"
                  : "by somebody else: kleos-iam plan shows the rest");
      case Outcome.Skipped(var dependency) ->
          line("needs " + Phrases.name(dependency) + ", which failed");
      case Outcome.Failed(var failure) -> {
        var report = new FailureReport(screen);
        if (lacking.contains(failure)) {
          report.printWithoutAdvice(failure, INDENT);
        } else {
          report.print(failure, INDENT);
        }
        culprit(step.change(), failure);
      }
      case Outcome.Partly(var failures, var left, _) -> {
        for (var failure : failures) {
          new FailureReport(screen).print(failure, INDENT);
          culprit(step.change(), failure);
          leftOut(step.change(), left, failure);
        }
        step.rest().ifPresent(this::details);
      }
      case Outcome.Stopped _ -> {}
      case Outcome.Contended(var attempts) ->
          line(
              "others kept changing this policy through "
                  + Phrases.count(attempts, "attempt")
                  + ": run the same command again");
      case Outcome.Rewritten rewritten ->
          new RewrittenReport(step.change(), origins).lines(rewritten).forEach(this::line);
    }
  }

  private void line(String text) {
    screen.line(INDENT + Escape.brief(text));
  }

  /// What the member that Google does not accept does not get.
  private void leftOut(Change change, GrantDiff left, Failure failure) {
    if (change instanceof ModifyPolicy modify) {
      modify
          .blamedBy(failure)
          .map(Grant::principal)
          .ifPresent(who -> {
            var part = left.about(who);
            var keeps = part.removed().isEmpty() ? "" : " keeps what it has, and";
            var roles = part.added().stream().map(grant -> grant.role().name()).distinct().sorted();
            line("left out: " + who + keeps + " does not get " + roles.collect(joining(", ")));
          });
    }
  }

  /// The plan's line that names the member which Google does not accept.
  private void culprit(Change change, Failure failure) {
    if (change instanceof ModifyPolicy modify) {
      modify
          .blamedBy(failure)
          .flatMap(grant -> origins.of(modify.resource(), grant.assignment()))
          .ifPresent(origin ->
              screen.line(
                  Span.of(INDENT + "named at "),
                  Span.bold(origin.file() + ":" + origin.line() + ":" + origin.column())));
    }
  }
}
