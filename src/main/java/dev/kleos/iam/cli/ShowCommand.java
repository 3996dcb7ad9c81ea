package dev.kleos.iam.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kleos-iam show`.
@Command(
    name = "show",
    header = {"Show changes that plan has saved.", "Works offline, and changes nothing."},
    exitCodeList = {"0:shown", Ends.WORDS, Ends.SAVED},
    footer = {"  kleos-iam show changes.json", "  kleos-iam show changes.json -o json"},
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "Where the changes are saved.")
  private Path file = Path.of("");

  public ShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new SavedArgument(surroundings, output, "show", file)
        .run(read -> new SavedShow(surroundings, output, file).show(read));
  }
}
