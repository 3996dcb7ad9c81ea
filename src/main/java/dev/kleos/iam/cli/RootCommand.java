package dev.kleos.iam.cli;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `kleos-iam` itself, which only has commands.
@Command(
    name = "kleos-iam",
    description =
        "Makes Google Cloud IAM what a plan file says, and shows first what that changes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Try it without a Google account:  kleos-iam plan --emulator plans/kleos.yaml",
      "More on a command:                kleos-iam COMMAND --help"
    })
public final class RootCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // Version asks for it.
  @Option(
      names = {"-v", "--verbose"},
      description = "With --version: also how it starts.")
  private boolean verbose;

  @Override
  public void run() {
    if (spec != null) {
      var commands =
          spec.subcommands().values().stream()
              .map(CommandLine::getCommandSpec)
              .filter(command -> !command.usageMessage().hidden())
              .map(CommandSpec::name)
              .collect(joining(", "));
      throw new ParameterException(spec.commandLine(), "a command is missing: " + commands);
    }
  }
}
