package dev.kleos.iam.cli;

import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Preview;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam apply`.
@Command(
    name = "apply",
    header = {
      "Show what would change, ask, and then change exactly that.",
      "In sync, it writes nothing and asks nothing."
    },
    exitCodeList = {
      Ends.DONE,
      Ends.FAILED,
      Ends.REFUSED,
      Ends.STALE,
      Ends.USAGE,
      Ends.PLAN_OR_SAVED
    },
    footer = {
      "  kleos-iam apply --from changes.json",
      "  kleos-iam apply --yes --emulator --emulator-state world.json"
    },
    mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments plans = new PlanArguments();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private ChangeOptions changes = new ChangeOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where nobody is at a terminal.")
  private boolean yes;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = {
        "Apply what plan has saved, and nothing else.",
        "By plan --out. What the changes are about is looked at again; where that has moved, nothing is written."
      })
  private @Nullable Path from;

  public ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (from != null) {
      return new SavedApply(surroundings, options, changes, yes, from).run(plans.names());
    }
    return options.run(surroundings, plans.names(), this::apply);
  }

  private int apply(Session session) throws InterruptedException {
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var recording = Recording.of(session);
      var dialogue =
          new ApplyDialogue(session, ApplyWords.APPLY, yes, progress, interruption, recording);
      dialogue.open();
      var preview = new Preview(session.cloud(), surroundings.clock(), progress);
      var applier = session.applier(progress, interruption.stop(), recording.journal());
      var apply = new Apply(preview, applier);
      return dialogue.conclude(
          apply.run(session.plan().desired(), changes.pruning(), changes.overrides(), dialogue));
    }
  }
}
