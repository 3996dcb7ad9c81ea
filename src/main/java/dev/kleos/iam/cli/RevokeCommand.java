package dev.kleos.iam.cli;

import dev.kleos.iam.planner.Consent;
import java.util.ArrayList;
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
    exitCodeList = {Ends.DONE, Ends.FAILED, Ends.REFUSED, Ends.CONFLICT, Ends.USAGE, Ends.PLAN},
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
      completionCandidates = OwnRoleConverter.All.class,
      description = "Also end the role that lets you do this.")
  private List<Consent> consents = new ArrayList<>();

  public RevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runAside(
        surroundings, session -> new Revoking(session, access, Set.copyOf(consents)).run());
  }
}
