package dev.kleos.iam.cli;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// `kleos-iam` itself, which only has commands. Its model is made by hand, unlike theirs: to read
/// annotations takes the parser a tenth of the time of `--help`.
final class RootCommand implements Runnable {
  private @Nullable CommandSpec spec;

  private RootCommand() {}

  static CommandSpec make() {
    var root = new RootCommand();
    var spec = CommandSpec.wrapWithoutInspection(root);
    root.spec = spec;
    spec.name("kleos-iam");
    spec.usageMessage()
        .header("Makes Google Cloud IAM what a plan file says, and shows first what that changes.")
        .synopsisSubcommandLabel("COMMAND")
        .exitCodeList(
            Ends.of(
                Ends.DONE,
                Ends.FAILED,
                "2:differences; drift, and plan --detailed-exitcode",
                Ends.REFUSED,
                Ends.CONFLICT,
                Ends.USAGE,
                Ends.PLAN,
                Ends.STOPPED))
        .footer("  Begin with a plan file: kleos-iam init");
    return spec.addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-v", "--verbose")
                .hidden(true)
                .description("With --version: also how it starts.")
                .build());
  }

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
