package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.StateFileException;
import dev.kleos.iam.emulator.server.PortException;
import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.report.Escape;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: which commands there are, and how every error ends.
public final class CommandLines {
  private static final Map<String, String> EXIT_CODES = exitCodes();

  private CommandLines() {}

  /// Runs a command line and answers with its exit code. Never throws, never exits.
  public static int run(Surroundings surroundings, String... args) {
    return line(surroundings, args).execute(args);
  }

  /// The commands and their options.
  static CommandLine line(Surroundings surroundings, String... args) {
    var err = new Screen(surroundings.err(), false);
    var line =
        new CommandLine(new RootCommand())
            .addSubcommand(new InitCommand(surroundings))
            .addSubcommand(new PlanCommand(surroundings))
            .addSubcommand(new ApplyCommand(surroundings))
            .addSubcommand(new DriftCommand(surroundings))
            .addSubcommand(new GrantCommand(surroundings))
            .addSubcommand(new RevokeCommand(surroundings))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new TokenCommand(surroundings))
            .addSubcommand(new InvokeCommand(surroundings))
            .addSubcommand(new ValidateCommand(surroundings))
            .addSubcommand(new SchemaCommand(surroundings))
            .addSubcommand(new EmulatorCommand(surroundings))
            .addSubcommand(new CompletionCommand(surroundings))
            .addSubcommand(new CompleteCommand(surroundings))
            .setExpandAtFiles(false)
            .setOut(new PrintWriter(surroundings.out(), true, UTF_8))
            .setErr(new PrintWriter(surroundings.err(), true, UTF_8))
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    surroundings.terminals().out() ? Ansi.AUTO : Ansi.OFF))
            .setParameterExceptionHandler((e, _) -> usage(err, e))
            .setExecutionExceptionHandler((e, _, _) -> failed(err, e, List.of(args)));
    describe(line);
    line.getSubcommands().values().forEach(CommandLines::describe);
    return line;
  }

  private static void describe(CommandLine line) {
    var usage = line.getCommandSpec().usageMessage();
    usage.sortOptions(false).abbreviateSynopsis(true);
    usage.exitCodeListHeading("%nExit codes:%n");
    if (usage.exitCodeList().isEmpty()) {
      usage.exitCodeList(EXIT_CODES);
    }
  }

  private static int usage(Screen err, ParameterException e) {
    var atRoot = e.getCommandLine().getParent() == null;
    complain(
        err,
        atRoot && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
            ? "there is no command \"" + unmatched.getUnmatched().getFirst() + '"'
            : Objects.toString(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().forEach(near -> err.line("Did you mean: " + near));
    }
    err.line("Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Screen err, Exception e, List<String> args) {
    return switch (e) {
      case NoPlanException _, PlanUsageException _ -> {
        complain(err, Objects.toString(e.getMessage()));
        yield ExitCode.USAGE;
      }
      case UneditableException _ -> {
        complain(err, e.getMessage() + "; nothing was changed");
        yield ExitCode.FAILED;
      }
      case StateFileException _, PortException _ -> {
        complain(err, Objects.toString(e.getMessage()));
        yield ExitCode.FAILED;
      }
      case CloudException cloud -> {
        complain(err, cloud.failure().message());
        cloud.failure().advice().lines().map(Escape::brief).forEach(err::line);
        yield ExitCode.FAILED;
      }
      case InterruptedException _ -> {
        complain(err, "interrupted");
        yield ExitCode.INTERRUPTED;
      }
      default -> {
        complain(err, "this is a bug in kleos-iam: " + e);
        if (args.contains("-v") || args.contains("--verbose")) {
          for (var frame : e.getStackTrace()) {
            err.line("    at " + frame);
          }
        } else {
          err.line("Please report it, with what the same command prints with -v.");
        }
        yield ExitCode.FAILED;
      }
    };
  }

  private static void complain(Screen err, String what) {
    err.line(new Span(Style.ALARM, "kleos-iam: "), Span.of(Escape.brief(what)));
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    codes.put(" 0", "Done, or in sync.");
    codes.put(" 1", "Failed, also in part; something could not be read.");
    codes.put(" 2", "There are differences (drift; plan --detailed-exitcode).");
    codes.put(" 3", "Refused by a guard, or not confirmed.");
    codes.put(" 4", "Others kept writing at the same time until the deadline, or edited the file.");
    codes.put("64", "The command line is wrong, or there is no plan file.");
    codes.put("65", "The plan file is invalid.");
    codes.put("130", "Interrupted.");
    return codes;
  }
}
