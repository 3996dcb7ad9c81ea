package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.workflow.RevokeAccess;
import dev.kleos.iam.workflow.RevokeRequest;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kleos-iam revoke`.
@Command(
    name = "revoke",
    description = {
      "End somebody's access to everything in the plan, and say what is left of it.",
      "Ends the grants, then takes the lines out of the plan files; changes nothing else.",
      "Without --account or --service: on every account and service of the plan."
    },
    footer = {"", "For example:  kleos-iam revoke bob@example.com"},
    mixinStandardHelpOptions = true)
public final class RevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private AccessOptions access = new AccessOptions();
  @Mixin private RunOptions options = new RunOptions();

  public RevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runAside(surroundings, this::revoke);
  }

  private int revoke(Session session) throws InterruptedException {
    var typed =
        access.principals(
            session,
            AccessWords.REVOKE,
            text -> PrincipalArgument.parseHolder(text, session.plan()));
    var request =
        new RevokeRequest(
            new LinkedHashSet<>(typed.principals()),
            access.targetIfNamed(session),
            access.besidePlan(session),
            !access.unsaved);
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var dialogue =
          new AccessDialogue(session, AccessWords.REVOKE, access, typed, progress, interruption);
      var revoke =
          new RevokeAccess(
              session.cloud(),
              progress,
              session.applier(progress, interruption.stop()),
              new PlanFileWriter(surroundings.directory()),
              surroundings.clock());
      var result = revoke.run(request, session.files(), dialogue);
      var code = dialogue.conclude(result.change());
      var epilogue = new RevokeEpilogue(session, request, access.dryRun, typed.who());
      if (session.isJson()) {
        var left = Optional.of(result.remainder());
        new AccessResult(
                session,
                left.filter(_ -> epilogue.tellsWhatIsLeft(result.change())),
                result.unseen())
            .print(result.change());
      } else {
        epilogue.print(result);
      }
      return code == ExitCode.DONE && !result.unseen().isEmpty() ? ExitCode.FAILED : code;
    }
  }
}
