package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.report.OutcomeReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Previewed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;

/// What `apply` says and asks.
final class ApplyDialogue implements Apply.Confirmation {
  private final Session session;
  private final boolean yes;
  private final ReadingProgress progress;
  private volatile boolean applying;

  ApplyDialogue(Session session, boolean yes, ReadingProgress progress) {
    this.session = session;
    this.yes = yes;
    this.progress = progress;
  }

  /// With `-o json` the preview goes where the question goes, so that the document stands alone.
  @Override
  public void show(Previewed previewed) {
    progress.close();
    if (!session.isJson() || asks()) {
      session.show(screen(), previewed, Wording.PREVIEW);
    }
  }

  @Override
  public boolean isGiven(Previewed previewed) {
    if (session.surroundings().out().checkError()) {
      session.err().line("Not applied: what would change could not be shown.");
      return false;
    }
    applying = yes || isConfirmed(previewed);
    return applying;
  }

  /// What to say where the program is interrupted now.
  String lastWords() {
    return applying
        ? "Interrupted: "
            + progress.words()
            + " changes are done, and others may be: kleos-iam plan shows it."
        : "Interrupted: nothing was changed.";
  }

  private boolean isConfirmed(Previewed previewed) {
    var err = session.err();
    var sum = Summary.of(previewed.changeSet());
    if (!asks()) {
      err.line(
          new Span(Style.ALARM, "Not applied: "),
          Span.of("nobody is at a terminal to confirm (" + sum + "). Add --yes to apply it."));
      return false;
    }
    err.line(Span.bold("Apply this? " + sum + "."));
    err.prompt("Type yes to apply it, anything else to stop: ");
    var confirmed = "yes".equals(answer());
    if (confirmed) {
      err.blank();
    } else {
      err.line("Not confirmed: nothing was changed.");
    }
    return confirmed;
  }

  /// Tells the end of it, and its exit code.
  int conclude(Apply.Result result) {
    var applied = result instanceof Apply.Done done ? done.applied() : List.<AppliedChange>of();
    if (session.isJson()) {
      session.json(result.previewed(), applied);
    }
    return switch (result) {
      case Apply.Unreadable _ -> {
        say("Nothing was written: not everything could be read.");
        yield ExitCode.FAILED;
      }
      case Apply.Refused _, Apply.NotConfirmed _ -> ExitCode.REFUSED;
      case Apply.InSync _ -> {
        say("No changes: all that the plan asks for is in place.");
        yield ExitCode.DONE;
      }
      case Apply.Done _ -> {
        progress.close();
        if (!session.isJson()) {
          new OutcomeReport(session.out(), session.plan().origins()).print(applied);
        }
        say(Summary.ofApplied(applied));
        remind(result.previewed());
        yield exitCode(applied);
      }
    };
  }

  private static int exitCode(List<AppliedChange> applied) {
    var contended = false;
    for (var step : applied) {
      switch (step.outcome()) {
        case Outcome.Applied _, Outcome.AlreadyInEffect _ -> {}
        case Outcome.Contended _ -> contended = true;
        case Outcome.Failed _, Outcome.Skipped _, Outcome.Rewritten _ -> {
          return ExitCode.FAILED;
        }
      }
    }
    return contended ? ExitCode.CONFLICT : ExitCode.DONE;
  }

  private void say(String sum) {
    if (!session.isJson()) {
      session.sum(session.out(), sum, "");
    }
  }

  /// The list is above, but the outcomes have come in between.
  private void remind(Previewed previewed) {
    var now = session.surroundings().clock().instant();
    var unmanaged = Summary.ofUnmanaged(previewed.changeSet(), now);
    if (!session.isJson() && !unmanaged.isEmpty()) {
      session.out().line(new Span(Style.ALARM, unmanaged), Span.of(" (listed above)."));
    }
  }

  private boolean asks() {
    var terminals = session.surroundings().terminals();
    return !yes && terminals.in() && terminals.err();
  }

  /// What is asked about stands where the question is.
  private Screen screen() {
    var unseen = asks() && !session.surroundings().terminals().out();
    return session.isJson() || unseen ? session.err() : session.out();
  }

  /// One line from the terminal; empty at its end.
  private String answer() {
    try {
      var in = new InputStreamReader(session.surroundings().in(), UTF_8);
      var line = new BufferedReader(in).readLine();
      if (line != null) {
        return line.strip();
      }
    } catch (IOException e) {
      // No answer is a no.
    }
    session.err().blank();
    return "";
  }
}
