package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.workflow.GrantAccess;
import dev.kleos.iam.workflow.GrantRequest;
import dev.kleos.iam.workflow.Preview;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kleos-iam grant`.
@Command(
    name = "grant",
    description = {
      "Let somebody act as the plan's service account, or call a service of it.",
      "Writes the line into the plan file, then grants it; changes nothing else.",
      "Without --account or --service: the plan's account."
    },
    footer = {
      "",
      "For example:  kleos-iam grant alice@example.com --for 8h --reason audit",
      "              kleos-iam grant group:devs@example.com --service kleos-service"
    },
    mixinStandardHelpOptions = true)
public final class GrantCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private AccessOptions access = new AccessOptions();
  @Mixin private TermsOptions terms = new TermsOptions();
  @Mixin private RunOptions options = new RunOptions();

  public GrantCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runAside(surroundings, this::grant);
  }

  private int grant(Session session) throws InterruptedException {
    var clock = surroundings.clock();
    var end = terms.end(clock.instant());
    var typed =
        access.principals(
            session, AccessWords.GRANT, text -> PrincipalArgument.parse(text, session.plan()));
    var request =
        new GrantRequest(
            access.target(session),
            typed.arguments(),
            end,
            terms.reason(access.unsaved),
            terms.replace,
            !access.unsaved);
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var dialogue =
          new AccessDialogue(session, AccessWords.GRANT, access, typed, progress, interruption);
      var grant =
          new GrantAccess(
              new Preview(session.cloud(), clock, progress),
              session.applier(progress, interruption.stop()),
              new PlanFileWriter(surroundings.directory()),
              clock);
      var change = grant.run(request, session.files(), dialogue);
      var epilogue = GrantEpilogue.of(session, request, change);
      var code = dialogue.conclude(change);
      if (session.isJson()) {
        new AccessResult(session, Optional.empty(), List.of()).print(change);
      } else if (code == ExitCode.DONE) {
        epilogue.print();
      }
      return code;
    }
  }
}
