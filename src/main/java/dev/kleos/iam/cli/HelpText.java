package dev.kleos.iam.cli;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.report.Wrap;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `--help` and `kleos-iam help COMMAND` print of a command, all of it from picocli's model.
///
/// In brief, for a screen: the header, of each argument the first line of its description, the
/// options that most commands share by their names alone, the examples (the footer), and what exit
/// codes say before a semicolon. In full: everything.
record HelpText(CommandSpec command) {
  /// A screen's.
  static final int WIDTH = 80;

  /// What most commands share, and how it is headed in full.
  private static final Map<Class<?>, String> SHARED =
      Map.of(
          PlanOptions.class,
          "Which plan files:",
          CloudOptions.class,
          "Where, and for how long:",
          PaceOptions.class,
          "How fast:",
          OutputOptions.class,
          "How it is printed:");

  private static final String OWN = "Arguments and options:";
  private static final int WIDEST_NAME = 24;

  /// A space that no line is broken at.
  private static final char BLANK = '\u00a0';

  /// What fits a screen.
  String brief() {
    var text = new ArrayList<>(head());
    var own = arguments().filter(it -> !isShared(it) && !isStandard(it)).toList();
    if (command.parent() != null) {
      text.add("");
      text.addAll(table(own, HelpText::briefly));
    }
    var shared = options().filter(HelpText::isShared).map(HelpText::shortName).toList();
    var pointer = "in full: kleos-iam help " + command.name();
    if (command.parent() == null) {
      text.add("Commands:");
      text.addAll(commands());
    } else {
      text.addAll(
          shared.isEmpty() ? List.of("All " + pointer) : together("Also ", shared, "; " + pointer));
    }
    text.addAll(examples());
    if (command.parent() != null) {
      text.addAll(together("Exit codes: ", codes(HelpText::inBrief).toList(), ""));
    }
    return lines(text);
  }

  /// Everything.
  String full() {
    var text = new ArrayList<>(head());
    var usage = command.usageMessage();
    Stream.of(usage.description()).forEach(line -> text.addAll(wrapped(formatted(line), 0)));
    var groups = new LinkedHashMap<String, List<ArgSpec>>();
    groups.put(OWN, new ArrayList<>());
    arguments()
        .forEach(argument ->
            groups.computeIfAbsent(group(argument), _ -> new ArrayList<>()).add(argument));
    groups.forEach((heading, group) -> {
      if (!group.isEmpty()) {
        text.addAll(List.of("", heading));
        text.addAll(table(group, HelpText::fully));
      }
    });
    if (!command.subcommands().isEmpty()) {
      text.add("Commands:");
      text.addAll(commands());
    }
    text.addAll(examples());
    text.addAll(List.of("", "Exit codes:"));
    codes(code -> code).forEach(code -> text.addAll(wrapped("  " + code, 6)));
    return lines(text);
  }

  private List<String> head() {
    var text = new ArrayList<String>();
    text.add("Usage: " + synopsis());
    Stream.of(command.usageMessage().header())
        .map(HelpText::formatted)
        .forEach(line -> text.addAll(wrapped(line, 0)));
    return text;
  }

  private String synopsis() {
    var words = new ArrayList<String>();
    words.add(command.qualifiedName());
    if (!options().allMatch(HelpText::isStandard)) {
      words.add("[OPTIONS]");
    } else if (command.parent() == null) {
      options().map(option -> "[" + option.longestName() + "]").forEach(words::add);
    }
    command.positionalParameters().stream()
        .filter(it -> !it.hidden())
        .map(HelpText::name)
        .forEach(words::add);
    if (!command.subcommands().isEmpty()) {
      words.add("COMMAND");
    }
    return String.join(" ", words);
  }

  private Stream<OptionSpec> options() {
    return command.options().stream().filter(option -> !option.hidden());
  }

  private Stream<ArgSpec> arguments() {
    return Stream.concat(
        command.positionalParameters().stream().filter(it -> !it.hidden()), options());
  }

  private List<String> commands() {
    var shown = new LinkedHashMap<String, String>();
    command
        .subcommands()
        .forEach((name, line) -> {
          var usage = line.getCommandSpec().usageMessage();
          if (!usage.hidden()) {
            shown.put(name, formatted(usage.header()[0]));
          }
        });
    return columns(shown);
  }

  private static List<String> table(List<ArgSpec> arguments, Function<ArgSpec, String> text) {
    var rows = new LinkedHashMap<String, String>();
    arguments.forEach(argument -> rows.put(name(argument), text.apply(argument)));
    return columns(rows);
  }

  private List<String> examples() {
    var examples = command.usageMessage().footer();
    if (examples.length == 0) {
      return List.of();
    }
    var lines = Stream.of(examples).map(HelpText::formatted).filter(line -> !line.isBlank());
    if (command.parent() == null) { // each says what it is for
      return Stream.concat(Stream.of(""), lines).toList();
    }
    var heading = examples.length == 1 ? "Example:" : "Examples:";
    return Stream.concat(Stream.of("", heading), lines).toList();
  }

  private Stream<String> codes(Function<String, String> text) {
    return command.usageMessage().exitCodeList().entrySet().stream()
        .map(code -> code.getKey().strip() + " " + text.apply(formatted(code.getValue())));
  }

  private static String inBrief(String text) {
    return text.replaceFirst(";.*", "");
  }

  private static boolean isShared(ArgSpec argument) {
    return SHARED.containsKey(owner(argument));
  }

  private static String group(ArgSpec argument) {
    return isStandard(argument) ? "Help:" : SHARED.getOrDefault(owner(argument), OWN);
  }

  private static boolean isStandard(ArgSpec argument) {
    return argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
  }

  /// The class that has the argument as a field.
  private static Class<?> owner(ArgSpec argument) {
    return argument.userObject() instanceof Field field ? field.getDeclaringClass() : Object.class;
  }

  private static String briefly(ArgSpec argument) {
    return argument.description().length == 0 ? "" : formatted(argument.description()[0]);
  }

  private static String fully(ArgSpec argument) {
    return Arrays.stream(argument.description()).map(HelpText::formatted).collect(joining(" "));
  }

  private static String name(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> String.join(", ", option.names()) + value(option);
      case PositionalParamSpec parameter -> {
        var name = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        yield parameter.arity().min() == 0 ? "[" + name + "]" : name;
      }
      default -> throw new IllegalStateException(argument.toString());
    };
  }

  private static String shortName(OptionSpec option) {
    return option.shortestName() + value(option);
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
  }

  /// picocli's texts are formats.
  private static String formatted(String text) {
    return text.replace("%%", "%").replace("%n", System.lineSeparator());
  }

  private static List<String> wrapped(String text, int hanging) {
    return Wrap.lines(text, WIDTH, hanging);
  }

  /// Names and texts in two columns; a name that is too long has a line of its own.
  private static List<String> columns(Map<String, String> rows) {
    var widest =
        rows.keySet().stream().mapToInt(String::length).filter(it -> it <= WIDEST_NAME).max();
    var hanging = widest.orElse(WIDEST_NAME) + 4;
    var lines = new ArrayList<String>();
    rows.forEach((name, text) -> {
      var isLong = name.length() + 4 > hanging;
      if (isLong) {
        lines.add("  " + name);
      }
      var first =
          isLong ? " ".repeat(hanging) : "  " + name + " ".repeat(hanging - 2 - name.length());
      lines.addAll(wrapped((first + text).stripTrailing(), hanging));
    });
    return lines;
  }

  /// Items with commas between them, none of which is broken.
  private static List<String> together(String heading, List<String> items, String end) {
    var joined = String.join(", ", items.stream().map(it -> it.replace(' ', BLANK)).toList());
    return wrapped(heading + joined + end, heading.length()).stream()
        .map(it -> it.replace(BLANK, ' '))
        .toList();
  }

  private static String lines(List<String> lines) {
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
