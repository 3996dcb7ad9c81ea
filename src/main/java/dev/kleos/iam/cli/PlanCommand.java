package dev.kleos.iam.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    footer = {"  kleos-iam plan", "  kleos-iam plan --out changes.json --emulator"},
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments plans = new PlanArguments();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private ChangeOptions changes = new ChangeOptions();

  @Option(names = "--detailed-exitcode", description = "Exit with 2 where there are changes.")
  private boolean detailedExitCode;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "Save the changes, to be applied later.",
        "By apply --from. Whoever applies them needs no plan file; show shows them. They hold for 24 hours, and for"
            + " once."
      })
  private @Nullable Path out;

  public PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(surroundings, plans.names(), this::plan);
  }

  private int plan(Session session) throws InterruptedException {
    var end = new PlanEnd(session, changes, out);
    end.prepare();
    if (!session.isJson()) {
      session.heading(session.out());
    }
    new LeftOnNote(session).tell();
    var previewed = session.preview(changes);
    if (!end.conclude(previewed) || !previewed.isComplete()) {
      return ExitCode.FAILED;
    }
    if (!previewed.refusals().isEmpty()) {
      return ExitCode.REFUSED;
    }
    var differs = detailedExitCode && !previewed.changeSet().isInSync();
    return differs ? ExitCode.DIFFERENCES : ExitCode.DONE;
  }
}
