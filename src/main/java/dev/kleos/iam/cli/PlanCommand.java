package dev.kleos.iam.cli;

import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Previewed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam plan`.
@Command(
    name = "plan",
    header = {"Show what apply would change, and who has access beside the plan.", "Never writes."},
    exitCodeList = {
      "0:shown",
      Ends.FAILED,
      "2:changes (--detailed-exitcode)",
      Ends.REFUSED,
      Ends.USAGE,
      Ends.PLAN
    },
    footer = {"  kleos-iam plan", "  kleos-iam plan --emulator"},
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments plans = new PlanArguments();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private ChangeOptions changes = new ChangeOptions();

  @Option(names = "--detailed-exitcode", description = "Exit with 2 where there are changes.")
  private boolean detailedExitCode;

  public PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(surroundings, plans.names(), this::plan);
  }

  private int plan(Session session) throws InterruptedException {
    if (!session.isJson()) {
      session.heading(session.out());
    }
    var previewed = session.preview(changes);
    if (session.isJson()) {
      session.json(previewed, List.of());
    } else {
      session.showFindings(session.out(), previewed, Wording.PREVIEW);
      conclude(session, previewed);
    }
    if (!previewed.isComplete()) {
      return ExitCode.FAILED;
    }
    if (!previewed.refusals().isEmpty()) {
      return ExitCode.REFUSED;
    }
    var differs = detailedExitCode && !previewed.changeSet().isInSync();
    return differs ? ExitCode.DIFFERENCES : ExitCode.DONE;
  }

  private static void conclude(Session session, Previewed previewed) {
    var changeSet = previewed.changeSet();
    if (!previewed.isComplete()) {
      session.sum(
          session.out(), "Incomplete: apply writes nothing until everything can be read.", "");
    } else if (!previewed.refusals().isEmpty()) {
      var sum = "Refused" + Summary.inBrackets(changeSet) + ": apply would write nothing.";
      session.sum(session.out(), sum, "");
    } else if (changeSet.isInSync()) {
      session.sum(session.out(), "No changes: all that the plan asks for is in place.", "");
    } else {
      var sum = "Plan: " + Summary.of(changeSet) + ".";
      session.sum(session.out(), sum, session.command("apply"));
    }
  }
}
