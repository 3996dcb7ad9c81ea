package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.StateFileException;
import dev.kleos.iam.emulator.UnreadableException;
import dev.kleos.iam.emulator.server.PortException;
import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.report.Escape;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.session.BrokenSettingException;
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
  /// The only section that the parser prints of a command.
  private static final String HELP = "help";

  private CommandLines() {}

  /// Runs a command line and answers with its exit code. Never throws, never exits.
  public static int run(Surroundings surroundings, String... args) {
    var root = new CommandLine(RootCommand.make());
    Commands.add(root, surroundings, args);
    prepare(root, surroundings, List.of(args));
    return root.execute(asksForHelp(args) ? new String[] {args[0], "--help"} : args);
  }

  /// All commands and their options.
  static CommandLine whole(Surroundings surroundings) {
    var root = new CommandLine(RootCommand.make());
    Commands.addAll(root, surroundings);
    prepare(root, surroundings, List.of());
    return root;
  }

  /// Says what holds for all commands that it has by now.
  private static void prepare(CommandLine root, Surroundings surroundings, List<String> args) {
    var err = surroundings.errors();
    root.setExpandAtFiles(false)
        .setOut(new PrintWriter(surroundings.out(), true, UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((e, _) -> usage(err, e, args))
        .setExecutionExceptionHandler((e, _, _) -> failed(err, e, args));
    describe(root);
    root.getSubcommands().values().forEach(CommandLines::describe);
  }

  /// `kleos-iam plan help`: nobody has a plan, a principal or a file that is called so.
  private static boolean asksForHelp(String... args) {
    return args.length == 2
        && args[1].equals("help")
        && Commands.named(args).filter(args[0]::equals).isPresent()
        && !args[0].equals("help");
  }

  private static void describe(CommandLine line) {
    var spec = line.getCommandSpec();
    spec.versionProvider(new Version(spec));
    var usage = spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    var codes = new LinkedHashMap<>(usage.exitCodeList());
    if (codes.containsKey("65")) { // what reads a plan takes its time, and can be interrupted
      codes.put("130", "interrupted");
      usage.exitCodeList(codes);
    }
    if (spec.name().equals("exec")) { // what follows the program's name is the program's
      line.setStopAtPositional(true);
    }
    line.setHelpSectionKeys(List.of(HELP));
    line.setHelpSectionMap(Map.of(HELP, help -> new HelpText(help.commandSpec()).brief()));
  }

  private static int usage(Screen err, ParameterException e, List<String> args) {
    var atRoot = e.getCommandLine().getParent() == null;
    complain(
        err,
        atRoot && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
            ? "there is no command \"" + unmatched.getUnmatched().getFirst() + '"'
            : Objects.toString(e.getMessage()));
    new DidYouMean(args).of(e).ifPresent(err::line);
    err.line("Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Screen err, Exception e, List<String> args) {
    return switch (e) {
      case NoPlanException _ -> {
        complain(err, Objects.toString(e.getMessage()));
        yield ExitCode.USAGE;
      }
      case PlanUsageException usage -> {
        complain(err, usage.problem());
        usage.slip().map(new DidYouMean(args)::of).ifPresent(err::line);
        yield ExitCode.USAGE;
      }
      case UneditableException _ -> {
        complain(err, e.getMessage() + "; nothing was changed");
        yield ExitCode.FAILED;
      }
      case StateFileException _, UnreadableException _, PortException _ -> {
        complain(err, Objects.toString(e.getMessage()));
        yield ExitCode.FAILED;
      }
      case BrokenSettingException broken -> {
        complain(err, broken.what());
        err.line(Escape.brief(broken.advice()));
        yield ExitCode.FAILED;
      }
      case Programs.NotStartedException program -> {
        complain(err, Objects.toString(e.getMessage()));
        yield program.exitCode();
      }
      case DocumentException _ -> {
        complain(err, Objects.toString(e.getMessage()));
        err.line("Only history and undo need it; to go on without it, move it away.");
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
}
