package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kleos-iam impersonate`.
@Command(
    name = "impersonate",
    header = "Let gcloud act as the account in all it does, until it is off.",
    description = {
      "For one program, exec does that, and nothing stays on.",
      "off puts every file back as it was, byte for byte; where somebody has edited one since, it takes"
          + " out the account alone. status, doctor and plan tell of an impersonation that has been on"
          + " for longer than a day, and where gcloud and programs act as different accounts."
    },
    exitCodeList = {"0:done; or shown", "1:it cannot be", Ends.USAGE, Ends.PLAN},
    footer = {
      "  kleos-iam impersonate on kleos-invoker",
      "  kleos-iam impersonate status",
      "  kleos-iam impersonate off"
    },
    mixinStandardHelpOptions = true)
public final class ImpersonateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "on|off|status", description = "What to do.")
  private Action action = Action.status;

  @Parameters(
      index = "1",
      paramLabel = "ACCOUNT",
      arity = "0..1",
      description = "With on: the account, by id or address; else the plan's.")
  private @Nullable String account;

  @Option(
      names = "--adc",
      description = {
        "With on: also all programs, by their credential file.",
        "The file of the Application Default Credentials where gcloud keeps it, not one that a variable"
            + " names."
      })
  private boolean programs;

  @Mixin private PlanOptions plans = new PlanOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public ImpersonateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (action != Action.on && (account != null || programs)) {
      throw new PlanUsageException("an account and --adc go with on; leave them out");
    }
    var dialogue = new ImpersonationDialogue(surroundings, output);
    return switch (action) {
      case on ->
          new OfflineAccount(surroundings, plans, output.err(surroundings))
              .with(account, List.of(), (one, _) -> dialogue.on(one, programs));
      case off -> dialogue.off();
      case status -> dialogue.status();
    };
  }

  private enum Action {
    on,
    off,
    status
  }
}
