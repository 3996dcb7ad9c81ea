package dev.kleos.iam.report;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.RecordedStep;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What the journal has, for people.
public final class HistoryReport {
  /// A moment, to the second.
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final Screen screen;

  public HistoryReport(Screen screen) {
    this.screen = screen;
  }

  /// A time as people read it, in UTC.
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /// Two lines a run.
  ///
  /// @param width that its number is given
  public void line(RecordedRun run, int width) {
    var header = run.header();
    screen.cells(
        width + 2,
        Span.bold(" ".repeat(width - Integer.toString(run.number()).length()) + run.number()),
        Span.of("  " + time(header.began()) + "  "),
        Span.bold("kleos-iam " + Escape.brief(header.command())));
    screen.cells(width + 2, Span.of(" ".repeat(width + 2)), sum(run), Span.of("  " + where(run)));
  }

  /// A run that cannot be read.
  public void damaged(int number, int width, String why) {
    screen.cells(
        width + 2,
        Span.bold(" ".repeat(width - Integer.toString(number).length()) + number),
        Span.of("  "),
        new Span(Style.ALARM, "DAMAGED: "),
        Span.of(why));
  }

  /// All of a run.
  ///
  /// @param verbose whether also the etags
  public void print(RecordedRun run, boolean verbose) {
    var header = run.header();
    screen.line(Span.bold("Run " + run.number()), Span.of(": kleos-iam " + header.command()));
    screen.line(where(run));
    screen.line(
        time(header.began())
            + run.ended().map(ended -> " to " + time(ended)).orElse("")
            + ", kleos-iam "
            + header.version());
    screen.blank();
    var changes = run.steps().stream().map(RecordedStep::change).toList();
    new ChangeReport(screen, Origins.NONE, Wording.HISTORY, header.began(), false)
        .changes(ChangeSet.of(changes));
    new OutcomeReport(screen, Origins.NONE).print(run.applied());
    for (var step : run.steps()) {
      if (step.outcome().isEmpty()) {
        unknown(step, run.isRunning());
      }
    }
    if (verbose) {
      etags(run);
    }
    screen.blank();
    screen.line(sum(run));
    if (run.isInterrupted()) {
      screen.line("The same command again goes on from there.");
    }
    if (run.mayHaveWritten() && !run.isRunning()) {
      screen.line("To take it back: kleos-iam undo " + run.number());
    }
  }

  private void unknown(RecordedStep step, boolean isRunning) {
    var name = Span.of("  " + Phrases.name(step.approved().resource()));
    if (step.intent().isEmpty()) {
      screen.line(Span.bold("not begun"), name);
      return;
    }
    screen.line(isRunning ? Span.bold("under way") : new Span(Style.ALARM, "NOT KNOWN"), name);
    if (!isRunning) {
      screen.line(
          "           it was about to be sent: kleos-iam plan shows whether it came through");
    }
  }

  private void etags(RecordedRun run) {
    for (var step : run.steps()) {
      step.etag()
          .ifPresent(etag ->
              screen.line(
                  "etag before  "
                      + Escape.brief(etag)
                      + "  "
                      + Phrases.name(step.approved().resource())));
    }
  }

  private static Span sum(RecordedRun run) {
    if (run.ended().isPresent()) {
      var undone = run.header().undoes();
      var done = undone == 0 ? "Done" : "Took back run " + undone;
      return Span.of(Summary.ofApplied(done, run.applied()));
    }
    var known = run.applied().stream().map(AppliedChange::written).filter(it -> it.isPresent());
    var done = known.count() + " of " + Phrases.count(run.steps().size(), "change") + " done";
    return run.isRunning()
        ? Span.bold("Still running: " + done + " so far.")
        : new Span(Style.ALARM, "INTERRUPTED: " + done + unknowns(run) + ".");
  }

  private static String unknowns(RecordedRun run) {
    var unknown =
        run.steps().stream()
            .filter(step -> step.intent().isPresent() && step.outcome().isEmpty())
            .count();
    return unknown == 0 ? "" : ", of " + unknown + " it is not known";
  }

  private static String where(RecordedRun run) {
    var header = run.header();
    var parts = new ArrayList<String>(List.of(String.join(", ", run.projects())));
    parts.add(" on " + header.place());
    if (!header.caller().isEmpty()) {
      parts.add(" as " + header.caller());
    }
    return Escape.brief(String.join("", parts));
  }
}
