package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.workflow.RevokeAccess;
import dev.kleos.iam.workflow.RevokeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam revoke`.
@Command(
    name = "revoke",
    header = {
      "End somebody's access to everything in the plan.",
      "Also takes their lines out of the plan files, and says what access is left."
    },
    description = "Without --account or --service, on all that the plan has; then the lines go.",
    exitCodeList = {
      Ends.DONE,
      Ends.FAILED,
      Ends.REFUSED,
      Ends.CONFLICT,
      Ends.USAGE,
      Ends.PLAN,
      Ends.STOPPED
    },
    footer = {
      "  kleos-iam revoke bob@example.com",
      "  kleos-iam revoke bob@example.com --account kleos-invoker --dry-run"
    },
    mixinStandardHelpOptions = true)
public final class RevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private AccessOptions access = new AccessOptions();
  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--allow",
      paramLabel = "own-role",
      converter = OwnRoleConverter.class,
      description = "Also end the role that lets you do this.")
  private List<Consent> consents = new ArrayList<>();

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
            access.targetIfNamed(
                session, () -> AccessDialogue.open(session, AccessWords.REVOKE, access)),
            access.besidePlan(session),
            Set.copyOf(consents),
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
      return new RevokeEpilogue(session, request, access.dryRun, typed.who())
          .conclude(result, code);
    }
  }
}
