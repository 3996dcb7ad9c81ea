package dev.kleos.iam.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kleos-iam undo`.
@Command(
    name = "undo",
    header = {
      "Take back what a run changed.",
      "Only that: what others have changed since stays, and is named."
    },
    description =
        "Shown, guarded and asked about like any change. Plan files that grant or revoke saved are"
            + " put back; accounts are not deleted.",
    exitCodeList = {Ends.DONE, Ends.FAILED, Ends.REFUSED, Ends.CONFLICT, Ends.WORDS},
    footer = {"  kleos-iam undo", "  kleos-iam undo 12"},
    mixinStandardHelpOptions = true)
public final class UndoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      converter = RunConverter.class,
      description = {"The run; the last one if left out.", "By its number in kleos-iam history."})
  private @Nullable Integer run;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private OverrideOptions overrides = new OverrideOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where nobody is at a terminal.")
  private boolean yes;

  public UndoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runBeside(
        surroundings, session -> new Undo(session, overrides.overrides(), yes).run(run));
  }
}
