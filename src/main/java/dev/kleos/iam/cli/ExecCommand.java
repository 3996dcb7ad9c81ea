package dev.kleos.iam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kleos-iam exec`.
@Command(
    name = "exec",
    header = "Run a program as the account, and only that program.",
    description = {
      "gcloud and all that uses Application Default Credentials; nothing stays on.",
      "By a variable of gcloud's and a temporary credential file, which is removed when the program"
          + " ends. Signals are passed on to it. Nobody is asked beforehand whether you may act as the"
          + " account: kleos-iam doctor does that. gcloud auth print-identity-token does not go by"
          + " it; kleos-iam token prints such a token."
    },
    exitCodeList = {
      "N:what the program ends with; 128 and the number of a signal that ended it",
      "1:no usable login",
      Ends.USAGE,
      Ends.PLAN,
      "126:the program cannot be run",
      "127:it is not there"
    },
    footer = {
      "  kleos-iam exec -- gcloud run services list",
      "  kleos-iam exec --account kleos-invoker -- env"
    },
    mixinStandardHelpOptions = true)
public final class ExecCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "PROGRAM",
      arity = "1..*",
      description = {
        "The program and its arguments.",
        "Best behind --, where nothing is taken for an option of this command."
      })
  private List<String> command = new ArrayList<>();

  @Mixin private ImpersonationOptions impersonation = new ImpersonationOptions();
  @Mixin private PlanOptions plans = new PlanOptions();

  public ExecCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var err = surroundings.errors();
    return new OfflineAccount(surroundings, plans, err)
        .with(
            impersonation.named(),
            impersonation.way(),
            (account, through) -> new Execution(surroundings, err, account, through).run(command));
  }
}
