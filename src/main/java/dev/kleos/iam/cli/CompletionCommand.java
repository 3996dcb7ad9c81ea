package dev.kleos.iam.cli;

import dev.kleos.iam.completion.Shell;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kleos-iam completion`.
@Command(
    name = "completion",
    header = {
      "Print what lets a shell complete commands and the plan's names.",
      "In the file that your shell reads first, where make install did not do it:",
      "  bash  source <(kleos-iam completion bash)",
      "  zsh   source <(kleos-iam completion zsh)    (after compinit)",
      "  fish  kleos-iam completion fish | source"
    },
    exitCodeList = {"0:printed", Ends.WORDS},
    footer = "  kleos-iam completion bash",
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private @Nullable Shell shell;

  public CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (var script = CompletionCommand.class.getResourceAsStream("/completion/" + shell)) {
      Objects.requireNonNull(script).transferTo(surroundings.out());
    }
    return ExitCode.DONE;
  }
}
