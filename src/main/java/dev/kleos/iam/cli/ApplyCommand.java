package dev.kleos.iam.cli;

import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Preview;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam apply`.
@Command(
    name = "apply",
    description = {
      "Show what would change, ask, and then change exactly that.",
      "In sync, it writes nothing and asks nothing."
    },
    mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments plans = new PlanArguments();
  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Needed where nobody is at a terminal.")
  private boolean yes;

  @Option(names = "--prune", description = "Also remove unmanaged grants on accounts and services.")
  private boolean prune;

  @Option(names = "--prune-project", description = "Also remove those on the project itself.")
  private boolean pruneProject;

  public ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(surroundings, plans.names(), this::apply);
  }

  private int apply(Session session) throws InterruptedException {
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var dialogue = new ApplyDialogue(session, yes, progress, interruption);
      var preview = new Preview(session.cloud(), surroundings.clock(), progress);
      var pruning = new Pruning(prune, pruneProject);
      var apply = new Apply(preview, session.applier(progress, interruption.stop()));
      return dialogue.conclude(apply.run(session.plan().desired(), pruning, dialogue));
    }
  }
}
