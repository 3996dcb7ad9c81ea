package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.workflow.RevokeAccess;
import dev.kleos.iam.workflow.RevokeRequest;
import java.util.LinkedHashSet;
import java.util.Set;

/// One run of `revoke`.
record Revoking(Session session, AccessOptions access, Set<Consent> consents) {
  /// Shows, asks, revokes, and says what access is left.
  ///
  /// @return the exit code
  int run() throws InterruptedException {
    var typed =
        access.principals(
            session,
            AccessWords.REVOKE,
            text -> PrincipalArgument.parseHolder(text, session.plan()));
    var request =
        new RevokeRequest(
            new LinkedHashSet<>(typed.principals()),
            access.targetIfNamed(
                session, () -> AccessDialogue.open(session, AccessWords.REVOKE, access)),
            access.besidePlan(session),
            consents,
            !access.unsaved);
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var dialogue =
          new AccessDialogue(session, AccessWords.REVOKE, access, typed, progress, interruption);
      var recording = Recording.of(session);
      var revoke =
          new RevokeAccess(
              session.cloud(),
              progress,
              session.applier(progress, interruption.stop(), recording.journal()),
              new PlanFileWriter(session.surroundings().directory()),
              session.surroundings().clock());
      var result = revoke.run(request, session.files(), dialogue);
      var code = dialogue.conclude(result.change());
      recording.saved(result.change());
      recording.tellLosses();
      return new RevokeEpilogue(session, request, access.dryRun, typed.who())
          .conclude(result, code);
    }
  }
}
