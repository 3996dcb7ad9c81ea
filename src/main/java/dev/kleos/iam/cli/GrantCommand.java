package dev.kleos.iam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kleos-iam grant`.
@Command(
    name = "grant",
    header = {
      "Let somebody act as the plan's account, or call a service of it.",
      "Also writes their line into the plan file; changes nothing else."
    },
    description =
        "Without --account or --service: the plan's account. The line is saved first, then the"
            + " grant is made; a line for what Google then refuses is taken out again.",
    exitCodeList = {Ends.DONE, Ends.FAILED, Ends.REFUSED, Ends.CONFLICT, Ends.USAGE, Ends.PLAN},
    footer = {
      "  kleos-iam grant carol@example.com --for 8h --reason audit",
      "  kleos-iam grant group:devs@example.com --service kleos-service"
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
