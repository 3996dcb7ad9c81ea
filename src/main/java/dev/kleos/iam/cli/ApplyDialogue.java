package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.report.JsonDetails;
import dev.kleos.iam.report.OutcomeReport;
import dev.kleos.iam.report.PreviewReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Previewed;
import java.util.List;
import java.util.Optional;

/// What `apply` and `undo` say and ask.
final class ApplyDialogue implements Apply.Confirmation {
  private final Session session;
  private final ApplyWords words;
  private final Question question;
  private final ReadingProgress progress;
  private final Interruption interruption;
  private final Recording recording;

  ApplyDialogue(
      Session session,
      ApplyWords words,
      boolean yes,
      ReadingProgress progress,
      Interruption interruption,
      Recording recording) {
    this.session = session;
    this.words = words;
    this.question = new Question(session, yes, words.verb(), words.participle());
    this.progress = progress;
    this.interruption = interruption;
    this.recording = recording;
  }

  /// For what is to be seen by whoever decides; empty where a program reads the document alone.
  Optional<Screen> screen() {
    return isShown() ? Optional.of(question.screen()) : Optional.empty();
  }

  /// Says what it is about, before anything is read.
  void open() {
    if (isShown()) {
      session.heading(question.screen());
    }
  }

  @Override
  public void show(Previewed previewed) {
    show(previewed, flags -> session.command("apply", flags.toArray(String[]::new)));
  }

  /// The same where another command would remove more.
  void show(Previewed previewed, PreviewReport.Command remedy) {
    progress.close();
    if (isShown()) {
      session.showFindings(
          question.screen(), previewed, session.plan().origins(), Wording.PREVIEW, remedy);
    }
  }

  @Override
  public boolean isGiven(Previewed previewed) {
    return isGiven(Summary.of(previewed.changeSet()));
  }

  /// The same of anything that was shown.
  ///
  /// @param sum what would change, in a few words
  boolean isGiven(String sum) {
    var isGiven = question.isAnsweredYes(sum);
    if (isGiven) {
      interruption.writing();
    }
    return isGiven;
  }

  /// Tells the end of it, and its exit code.
  int conclude(Apply.Result result) {
    return conclude(result, JsonDetails.NONE);
  }

  /// The same with what only this command tells a program.
  int conclude(Apply.Result result, JsonDetails details) {
    var applied = result instanceof Apply.Done done ? done.applied() : List.<AppliedChange>of();
    if (session.isJson()) {
      var more =
          result instanceof Apply.Unrecorded(_, var why)
              ? List.of(Failure.of("NOT_RECORDED", "", why + ".", ""))
              : List.<Failure>of();
      session.json(
          result.previewed(), applied, session.plan().origins(), recording.with(details), more);
    }
    return switch (result) {
      case Apply.Unreadable _ -> {
        say("Nothing was written: not everything could be read.");
        yield ExitCode.FAILED;
      }
      case Apply.Refused _ -> {
        var changes = Summary.inBrackets(result.previewed().changeSet());
        say("Refused" + changes + ": nothing was written.");
        yield ExitCode.REFUSED;
      }
      case Apply.Unrecorded(_, var why) -> {
        session.err().line(new Span(Style.ALARM, "Nothing was written: "), Span.of(why + "."));
        yield ExitCode.FAILED;
      }
      case Apply.NotConfirmed _ -> ExitCode.REFUSED;
      case Apply.InSync _ -> {
        say(words.inSync());
        if (words == ApplyWords.APPLY) {
          Recording.settle(session);
        }
        yield ExitCode.DONE;
      }
      case Apply.Done _ -> {
        progress.close();
        if (!session.isJson()) {
          new OutcomeReport(session.out(), session.plan().origins()).print(applied);
          session.out().blank();
        }
        say(Summary.ofApplied(words.done(), applied));
        remind(result.previewed());
        recording.tellLosses();
        if (!session.isJson() && applied.stream().anyMatch(step -> step.written().isPresent())) {
          recording.undo().ifPresent(session.out()::line);
        }
        yield interruption.exitCode(ExitCode.of(applied));
      }
    };
  }

  /// With `-o json` the preview goes where the question goes, so that the document stands alone.
  private boolean isShown() {
    return !session.isJson() || question.isAsked();
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
}
