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
    header = "Makes Google Cloud IAM what a plan file says, and shows first what that changes.",
    exitCodeList = {
      Ends.DONE,
      Ends.FAILED,
      "2:differences; drift, and plan --detailed-exitcode",
      Ends.REFUSED,
      Ends.CONFLICT,
      Ends.USAGE,
      Ends.PLAN,
      Ends.STOPPED
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  Write a plan file:          kleos-iam init",
      "  Rehearse, without Google:   kleos-iam plan --emulator",
      "  Explain a command:          kleos-iam apply --help",
      "  Explain it in full:         kleos-iam help apply"
    })
public final class RootCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // Version asks for it.
  @Option(
      names = {"-v", "--verbose"},
      hidden = true,
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
