package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Problem.Severity;
import dev.kleos.iam.report.OutcomeReport;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.RemainderReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.Proposal;
import java.util.ArrayList;
import java.util.List;

/// What `grant` and `revoke` say and ask.
final class AccessDialogue implements AccessChange.Dialogue {
  private final Session session;
  private final AccessWords words;
  private final TypedPrincipals typed;
  private final boolean dryRun;
  private final ReadingProgress progress;
  private final Interruption interruption;
  private final Question question;

  AccessDialogue(
      Session session,
      AccessWords words,
      AccessOptions access,
      TypedPrincipals typed,
      ReadingProgress progress,
      Interruption interruption) {
    this.session = session;
    this.words = words;
    this.dryRun = access.dryRun;
    this.typed = typed;
    this.progress = progress;
    this.interruption = interruption;
    this.question = question(session, words, access);
  }

  /// Says what it is about, before anything is read.
  static void open(Session session, AccessWords words, AccessOptions access) {
    var question = question(session, words, access);
    if (!session.isJson() || question.isAsked()) {
      session.heading(question.screen());
    }
  }

  @Override
  public void show(Proposal proposal) {
    progress.close();
    if (session.isJson() && !question.isAsked()) {
      return;
    }
    new ProposalScreen(session, words, question.screen(), typed).show(proposal);
    if (words == AccessWords.REVOKE && question.isAsked() && !dryRun && !proposal.isEmpty()) {
      new RemainderReport(question.screen(), false).left(typed.who(), proposal.remainder());
    }
  }

  @Override
  public boolean isGiven(Proposal proposal) {
    var isGiven = !dryRun && question.isAnsweredYes(sum(proposal));
    if (isGiven) {
      interruption.writing();
    }
    return isGiven;
  }

  /// Tells how it went, and its exit code.
  int conclude(AccessChange change) {
    progress.close();
    return switch (change) {
      case AccessChange.Invalid(var problems) -> {
        refuse("the plan would not be valid with it");
        new ProblemReport(session.err())
            .print(problems.stream().filter(it -> it.severity() == Severity.ERROR).toList());
        yield ExitCode.USAGE;
      }
      case AccessChange.Nothing _ -> {
        session.say(words.nothing(), "");
        yield ExitCode.DONE;
      }
      case AccessChange.Unreadable _ -> {
        session.say("Nothing was changed: not everything could be read.", "");
        yield ExitCode.FAILED;
      }
      case AccessChange.Refused _ -> {
        session.say("Refused: nothing was changed.", "");
        yield ExitCode.REFUSED;
      }
      case AccessChange.Missing(_, var resource) -> {
        var isPlanned = !session.plan().origins().keys(resource).isEmpty();
        refuse(
            resource.name()
                + (isPlanned
                    ? " is not there yet, and only apply creates accounts"
                    : " is not there; mend --account, or write it into the plan file"));
        if (isPlanned && !session.isJson()) {
          session.err().line("Next: " + session.planCommand("apply"));
        }
        yield ExitCode.REFUSED;
      }
      case AccessChange.NotConfirmed _ -> {
        if (!dryRun) {
          yield ExitCode.REFUSED;
        }
        session.say("Dry run: nothing was changed.", session.command(words.verb()));
        yield ExitCode.DONE;
      }
      case AccessChange.NotSaved(_, var why) -> {
        refuse(why + ", or add --no-save");
        yield ExitCode.FAILED;
      }
      case AccessChange.Unrecorded(_, var why) -> {
        refuse(why);
        yield ExitCode.FAILED;
      }
      case AccessChange.Overtaken(_, var file) -> {
        refuse(file + " was changed meanwhile; run the same command again");
        yield ExitCode.CONFLICT;
      }
      case AccessChange.Done done -> {
        if (!session.isJson()) {
          tell(done);
        }
        yield interruption.exitCode(exitCode(done));
      }
    };
  }

  private void refuse(String why) {
    session.err().line(new Span(Style.ALARM, words.notDone() + ": "), Span.of(why + "."));
  }

  private void tell(AccessChange.Done done) {
    var isInVain = !done.isAnythingWritten() && ExitCode.of(done.applied()) != ExitCode.DONE;
    var outcomes = new OutcomeReport(session.out(), done.origins(session.plan().origins()));
    if (words == AccessWords.GRANT) {
      done.files().forEach(file -> tell(outcomes, file));
    }
    outcomes.print(done.applied());
    if (words == AccessWords.REVOKE) {
      done.files().forEach(file -> tell(outcomes, file));
    }
    session.out().blank();
    session.say(
        done.applied().isEmpty()
            ? withoutChanges(done.files())
            : Summary.ofApplied(isInVain ? words.notDone() : words.done(), done.applied()),
        "");
    done.applied().forEach(this::correct);
  }

  private static String withoutChanges(List<FileOutcome> files) {
    return files.stream().anyMatch(FileOutcome.Saved.class::isInstance)
        ? "Saved; in Google it was so already."
        : "In Google it was so already.";
  }

  private static void tell(OutcomeReport outcomes, FileOutcome file) {
    switch (file) {
      case FileOutcome.Saved(var edit) -> outcomes.saved(edit.file());
      case FileOutcome.TakenBack(var name) -> outcomes.takenBack(name);
      case FileOutcome.Amended amended ->
          outcomes.amended(amended.file(), amended.withdrawn(), amended.renamed());
      case FileOutcome.Stale(_, var why) -> outcomes.stale(why);
    }
  }

  /// Where Google says how it wants a principal spelled, the command that does so.
  private void correct(AppliedChange step) {
    if (step.change() instanceof ModifyPolicy modify) {
      for (var failure : step.failures()) {
        var corrected = failure.correction();
        if (corrected != null) {
          modify
              .blamedBy(failure)
              .map(grant -> "Next: " + typed.command(grant.principal(), corrected))
              .ifPresent(session.out()::line);
        }
      }
    }
  }

  private static Question question(Session session, AccessWords words, AccessOptions access) {
    return new Question(session, access.yes, words.verb(), words.participle());
  }

  private static int exitCode(AccessChange.Done done) {
    var code = ExitCode.of(done.applied());
    var stale = done.files().stream().anyMatch(FileOutcome.Stale.class::isInstance);
    var incomplete = !done.proposal().previewed().isComplete();
    return code == ExitCode.DONE && (stale || incomplete) ? ExitCode.FAILED : code;
  }

  private static String sum(Proposal proposal) {
    var parts = new ArrayList<String>();
    var changes = Summary.of(proposal.previewed().changeSet());
    if (!changes.isEmpty()) {
      parts.add(changes);
    }
    proposal.edits().stream()
        .map(FileEdit::file)
        .map(file -> file + " to save")
        .forEach(parts::add);
    return Summary.joined(parts);
  }
}
