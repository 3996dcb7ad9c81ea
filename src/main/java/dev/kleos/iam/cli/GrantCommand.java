package dev.kleos.iam.cli;

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
      "              kleos-iam grant group:devs@example.com --service kleos-service",
      "              kleos-iam grant kleos-invoker --service kleos-service --wait"
    },
    mixinStandardHelpOptions = true)
public final class GrantCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private AccessOptions access = new AccessOptions();
  @Mixin private TermsOptions terms = new TermsOptions();
  @Mixin private WaitOptions wait = new WaitOptions();
  @Mixin private RunOptions options = new RunOptions();

  public GrantCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runAside(
        surroundings, session -> new Granting(session, access, terms, wait).run());
  }
}
