package dev.kleos.iam.cli;

import dev.kleos.iam.report.RemainderReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.RevokeAccess;
import dev.kleos.iam.workflow.RevokeRequest;
import java.util.Optional;

/// What `revoke` says at its end: how long tokens live on, what a file still says, and what access
/// is left.
///
/// @param who the principals as they were typed
record RevokeEpilogue(Session session, RevokeRequest request, boolean dryRun, String who) {
  /// Says it, to a person or to a program.
  ///
  /// @param code the exit code so far
  /// @return the exit code, also where something could not be looked at
  int conclude(RevokeAccess.Result result, int code) {
    if (session.isJson()) {
      var left = Optional.of(result.remainder()).filter(_ -> tellsWhatIsLeft(result.change()));
      new AccessResult(session, left, result.unseen(), Optional.empty()).print(result.change());
    } else {
      print(result);
    }
    return code == ExitCode.DONE && !result.unseen().isEmpty() ? ExitCode.FAILED : code;
  }

  private void print(RevokeAccess.Result result) {
    if (result.change() instanceof AccessChange.Done done && done.isAnythingWritten()) {
      session.out().line("Tokens that were issued before stay valid for up to 1 hour.");
      if (!request.save()) {
        unsaved();
      }
    }
    if (tellsWhatIsLeft(result.change())) {
      session.out().blank();
      new RemainderReport(session.out(), !dryRun).print(who, result.remainder(), result.unseen());
    }
  }

  /// Whether what is left is what the result says, not what it would be after a yes.
  private boolean tellsWhatIsLeft(AccessChange change) {
    return switch (change) {
      case AccessChange.Done _, AccessChange.Nothing _ -> true;
      case AccessChange.NotConfirmed _ -> dryRun;
      case AccessChange.Invalid _,
          AccessChange.Unreadable _,
          AccessChange.Refused _,
          AccessChange.Missing _,
          AccessChange.NotSaved _,
          AccessChange.Unrecorded _,
          AccessChange.Overtaken _ ->
          false;
    };
  }

  private void unsaved() {
    for (var entry : session.plan().origins().entries()) {
      if (request.isAbout(entry)) {
        session
            .out()
            .line(
                new Span(Style.ALARM, "Still in the plan file: "),
                Span.of(
                    entry.principal()
                        + " ("
                        + entry.origin().file()
                        + ":"
                        + entry.origin().line()
                        + "); the next apply grants it again."));
      }
    }
  }
}
