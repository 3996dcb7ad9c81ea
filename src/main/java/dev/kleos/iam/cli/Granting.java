package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.workflow.GrantAccess;
import dev.kleos.iam.workflow.GrantRequest;
import dev.kleos.iam.workflow.Preview;
import java.util.List;
import java.util.Optional;

/// One run of `grant`.
record Granting(Session session, AccessOptions access, TermsOptions terms, WaitOptions patience) {
  /// Shows, asks, grants, waits, and says what comes next.
  ///
  /// @return the exit code
  int run() throws InterruptedException {
    var end = terms.end(session.surroundings().clock().instant());
    var typed =
        access.principals(
            session, AccessWords.GRANT, text -> patience.principal(text, session.plan()));
    var request =
        new GrantRequest(
            access.target(session, () -> AccessDialogue.open(session, AccessWords.GRANT, access)),
            typed.arguments(),
            end,
            terms.reason(access.unsaved),
            terms.replace,
            !access.unsaved);
    try (var waiting = GrantWait.of(session, patience, request, access.dryRun);
        var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var dialogue =
          new AccessDialogue(session, AccessWords.GRANT, access, typed, progress, interruption);
      var recording = Recording.of(session);
      var change = grant(progress, interruption, recording).run(request, session.files(), dialogue);
      var epilogue = GrantEpilogue.of(session, request, change);
      var code = dialogue.conclude(change);
      recording.saved(change);
      recording.tellLosses();
      var effective = waiting.run(change, code, interruption);
      if (session.isJson()) {
        new AccessResult(session, Optional.empty(), List.of(), effective).print(change);
      } else if (code == ExitCode.DONE) {
        epilogue.print(effective.isPresent());
      }
      return code == ExitCode.DONE && !effective.orElse(true) ? ExitCode.FAILED : code;
    }
  }

  private GrantAccess grant(
      ReadingProgress progress, Interruption interruption, Recording recording) {
    var clock = session.surroundings().clock();
    return new GrantAccess(
        new Preview(session.cloud(), clock, progress),
        session.applier(progress, interruption.stop(), recording.journal()),
        new PlanFileWriter(session.surroundings().directory()),
        clock);
  }
}
