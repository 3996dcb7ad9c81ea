package dev.kleos.iam.cli;

import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Previewed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kleos-iam drift`.
@Command(
    name = "drift",
    header = {
      "Show every difference between the plan and Google.",
      "In both directions. Never writes."
    },
    exitCodeList = {"0:none", Ends.FAILED, "2:differences", Ends.REFUSED, Ends.USAGE, Ends.PLAN},
    footer = {"  kleos-iam drift", "  kleos-iam drift -o json"},
    mixinStandardHelpOptions = true)
public final class DriftCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments plans = new PlanArguments();
  @Mixin private RunOptions options = new RunOptions();

  public DriftCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(surroundings, plans.names(), DriftCommand::drift);
  }

  private static int drift(Session session) throws InterruptedException {
    if (!session.isJson()) {
      session.heading(session.out());
    }
    var previewed = session.look();
    if (session.isJson()) {
      session.json(previewed, List.of());
    } else {
      session.showFindings(session.out(), previewed, Wording.DRIFT);
      conclude(session, previewed);
    }
    if (!previewed.refusals().isEmpty()) {
      return ExitCode.REFUSED;
    }
    if (!previewed.isComplete()) {
      return ExitCode.FAILED;
    }
    return previewed.changeSet().hasDrift() ? ExitCode.DIFFERENCES : ExitCode.DONE;
  }

  private static void conclude(Session session, Previewed previewed) {
    var changeSet = previewed.changeSet();
    if (!previewed.refusals().isEmpty()) {
      session.sum(session.out(), "Refused: nothing was compared.", "");
    } else if (!previewed.isComplete()) {
      session.sum(session.out(), "Incomplete: not everything could be read.", "");
    } else if (!changeSet.hasDrift()) {
      session.sum(session.out(), "No drift: everything is as the plan asks.", "");
    } else {
      session.sum(
          session.out(),
          "Drift: " + Summary.ofDrift(changeSet) + ".",
          changeSet.isInSync() ? "" : session.command("plan"));
    }
  }
}
