package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.report.DoubtReport;
import dev.kleos.iam.report.EditReport;
import dev.kleos.iam.report.OutcomeReport;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.Proposal;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;

/// What `grant` and `revoke` say and ask.
final class AccessDialogue implements AccessChange.Dialogue {
  private final Session session;
  private final AccessWords words;
  private final AccessOptions access;
  private final Map<PrincipalArgument, String> typed;
  private final ReadingProgress progress;
  private final Question question;
  private volatile boolean going;

  /// @param typed the principals, with what was typed for them
  AccessDialogue(
      Session session,
      AccessWords words,
      AccessOptions access,
      Map<PrincipalArgument, String> typed,
      ReadingProgress progress) {
    this.session = session;
    this.words = words;
    this.access = access;
    this.typed = typed;
    this.progress = progress;
    this.question = new Question(session, access.yes, words.verb(), words.participle());
  }

  @Override
  public void show(Proposal proposal) {
    progress.close();
    if (session.isJson() && !question.isAsked()) {
      return;
    }
    var screen = question.screen();
    session.heading(screen);
    if (words == AccessWords.GRANT) {
      new EditReport(screen).print(proposal.edits());
    }
    session.showFindings(screen, proposal.previewed(), proposal.origins(), Wording.PREVIEW);
    if (words == AccessWords.REVOKE) {
      new EditReport(screen).print(proposal.edits());
    }
    proposal.kept().forEach(entry -> kept(screen, entry));
    new DoubtReport(screen, this::instead).print(proposal.doubts());
  }

  @Override
  public boolean isGiven(Proposal proposal) {
    going = !access.dryRun && question.isAnsweredYes(sum(proposal));
    return going;
  }

  /// What to say where the program is interrupted now.
  String lastWords() {
    return going
        ? "Interrupted: some of it may be done; the same command again goes on from there."
        : "Interrupted: nothing was changed.";
  }

  /// Tells how it went, and its exit code.
  int conclude(AccessChange change) {
    progress.close();
    return switch (change) {
      case AccessChange.Invalid(var problems) -> {
        new ProblemReport(session.err()).print(problems);
        session.err().line(Summary.ofProblems(problems));
        yield ExitCode.INVALID_PLAN;
      }
      case AccessChange.Nothing _ -> {
        session.say(words.nothing(), "");
        yield ExitCode.DONE;
      }
      case AccessChange.Unreadable _ -> {
        session.say("Nothing was changed: not everything could be read.", "");
        yield ExitCode.FAILED;
      }
      case AccessChange.Refused _ -> ExitCode.REFUSED;
      case AccessChange.NotConfirmed _ -> {
        if (!access.dryRun) {
          yield ExitCode.REFUSED;
        }
        session.say("Dry run: nothing was changed.", session.command(words.verb()));
        yield ExitCode.DONE;
      }
      case AccessChange.NotSaved(_, var why) -> {
        refuse(why + ", or add --no-save");
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
        yield exitCode(done);
      }
    };
  }

  private void refuse(String why) {
    session.err().line(new Span(Style.ALARM, words.notDone() + ": "), Span.of(why + "."));
  }

  private void tell(AccessChange.Done done) {
    var isTakenBack = done.files().stream().anyMatch(FileOutcome.TakenBack.class::isInstance);
    var outcomes =
        new OutcomeReport(session.out(), isTakenBack ? Origins.NONE : done.proposal().origins());
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
            ? "Saved; in Google it was so already."
            : Summary.ofApplied(isTakenBack ? words.notDone() : words.done(), done.applied()),
        "");
    done.applied().forEach(this::correct);
  }

  private static void tell(OutcomeReport outcomes, FileOutcome file) {
    switch (file) {
      case FileOutcome.Saved(var name) -> outcomes.saved(name);
      case FileOutcome.TakenBack(var name) -> outcomes.takenBack(name);
      case FileOutcome.Stale(var name, var why) -> outcomes.stale(name, why);
    }
  }

  /// Where Google says how it wants a principal spelled, the command that does so.
  private void correct(AppliedChange step) {
    if (step.change() instanceof ModifyPolicy modify
        && step.outcome() instanceof Outcome.Failed(var failure)
        && failure.correction() != null) {
      var corrected = failure.correction();
      modify
          .blamedBy(failure)
          .ifPresent(grant -> session.out().line("Next: " + instead(grant.principal(), corrected)));
    }
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

  private void kept(Screen screen, PlanEntry entry) {
    var until = Objects.requireNonNull(entry.until()).spelling();
    screen.line(
        new Span(Style.CHANGED, "Stays: "),
        Span.of(
            entry.principal()
                + " has access until "
                + until
                + " ("
                + entry.origin().file()
                + ":"
                + entry.origin().line()
                + ")."));
    screen.line("  To have no end: " + session.command(words.verb(), "--replace"));
    screen.blank();
  }

  /// The command line with another spelling of one principal.
  private String instead(Principal principal, String spelling) {
    return typed.entrySet().stream()
        .filter(entry -> entry.getKey().principal().equals(principal))
        .findFirst()
        .map(entry -> session.command(words.verb(), Map.of(entry.getValue(), spelling)))
        .orElse("");
  }
}
