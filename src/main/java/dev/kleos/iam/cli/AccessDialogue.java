package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planfile.Problem.Severity;
import dev.kleos.iam.report.DoubtReport;
import dev.kleos.iam.report.EditReport;
import dev.kleos.iam.report.OutcomeReport;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.RemainderReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.Proposal;
import java.util.ArrayList;
import java.util.List;
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
    remark(screen, proposal);
    if (words == AccessWords.REVOKE
        && question.isAsked()
        && !access.dryRun
        && !proposal.isEmpty()) {
      new RemainderReport(screen).left(who(), proposal.remainder());
    }
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
      case AccessChange.Refused _ -> ExitCode.REFUSED;
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
            ? withoutChanges(done.files())
            : Summary.ofApplied(isTakenBack ? words.notDone() : words.done(), done.applied()),
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
      case FileOutcome.Stale(_, var why) -> outcomes.stale(why);
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

  private void remark(Screen screen, Proposal proposal) {
    var remarks = proposal.remarks();
    if (!proposal.previewed().refusals().isEmpty()) {
      return;
    }
    if (!remarks.unchanged().isEmpty() && (typed.size() > 1 || words == AccessWords.REVOKE)) {
      remarks.unchanged().forEach(who -> screen.line(words.unchanged(who.spelling())));
      screen.blank();
    }
    remarks.kept().forEach(entry -> kept(screen, entry));
    remarks.renewed().forEach(entry -> renewed(screen, entry));
    new DoubtReport(screen, this::spelledLike, this::instead).print(remarks.doubts());
  }

  /// The principals as they were typed.
  String who() {
    return String.join(", ", typed.values());
  }

  private void renewed(Screen screen, PlanEntry entry) {
    screen.line(
        new Span(Style.ALARM, "Check: "),
        Span.of(
            "the access of "
                + entry.principal()
                + " had ended ("
                + place(entry)
                + "), and will have no end now; --for 30d or --until gives it one."));
    screen.blank();
  }

  private static String place(PlanEntry entry) {
    return entry.origin().file() + ":" + entry.origin().line();
  }

  private void kept(Screen screen, PlanEntry entry) {
    var until = Objects.requireNonNull(entry.until()).spelling();
    screen.line(
        new Span(Style.CHANGED, "The end stays: "),
        Span.of(entry.principal() + " until " + until + " (" + place(entry) + ")."));
    screen.line("  For no end: " + session.command(words.verb(), "--replace"));
    screen.blank();
  }

  /// A principal in another spelling, as it is typed: what its address tells was not typed before.
  private String spelledLike(Principal principal, String spelling) {
    var bare = Principal.of(spelling).value();
    var isBare =
        typed.entrySet().stream()
            .filter(entry -> entry.getKey().principal().equals(principal))
            .anyMatch(entry -> !entry.getValue().contains(":"));
    return isBare && PrincipalArgument.isToldByAddress(spelling) ? bare : spelling;
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
