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
    description = {
      "Print what lets a shell complete commands, options, and the names of the plan file.",
      "Only needed where kleos-iam was not installed for all users."
    },
    exitCodeList = {" 0:Printed.", "64:The command line is wrong."},
    footer = {
      "",
      "For example, in the file that your shell reads first:",
      "  bash  source <(kleos-iam completion bash)",
      "  zsh   source <(kleos-iam completion zsh)     # after compinit",
      "  fish  kleos-iam completion fish | source"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
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
