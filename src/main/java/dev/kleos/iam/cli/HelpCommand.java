package dev.kleos.iam.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kleos-iam help`: of a command, all that there is to say.
@Command(
    name = "help",
    header = "Explain a command in full.",
    exitCodeList = {"0:printed", Ends.WORDS},
    footer = "  kleos-iam help apply",
    helpCommand = true,
    mixinStandardHelpOptions = true)
public final class HelpCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = "Which; all in short if left out.")
  private @Nullable String command;

  @Override
  public void run() {
    var root = Objects.requireNonNull(spec).root();
    var out = root.commandLine().getOut();
    if (command == null) {
      out.print(new HelpText(root).brief());
    } else if (command.equals(root.name())) {
      out.print(new HelpText(root).full());
    } else {
      out.print(new HelpText(known(root, command).getCommandSpec()).full());
    }
    out.flush();
  }

  private CommandLine known(CommandSpec root, String name) {
    var known = root.subcommands().get(name);
    if (known == null) {
      var command = Objects.requireNonNull(spec);
      throw new ParameterException(
          command.commandLine(),
          "there is no command \"" + name + '"',
          command.positionalParameters().getFirst(),
          name);
    }
    return known;
  }
}
