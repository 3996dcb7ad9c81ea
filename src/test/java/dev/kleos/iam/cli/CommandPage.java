package dev.kleos.iam.cli;

import static dev.kleos.iam.cli.Roff.bold;
import static dev.kleos.iam.cli.Roff.italic;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The manual page of `kleos-iam` or of a command of it, from what picocli knows of it.
record CommandPage(CommandSpec command) {
  static List<CommandSpec> commands(CommandSpec root) {
    return root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .toList();
  }

  String name() {
    return command.qualifiedName("-");
  }

  String text() {
    var usage = command.usageMessage();
    var page = Roff.page(name(), 1).name(name(), brief(command));
    page.heading("SYNOPSIS").line(synopsis());
    page.heading("DESCRIPTION").paragraph(plain(text(usage.header(), usage.description())));
    var subcommands = commands(command);
    if (!subcommands.isEmpty()) {
      page.heading("COMMANDS");
      subcommands.forEach(it -> page.item(bold(it.name()), sentence(it)));
    }
    var positionals = command.positionalParameters();
    if (!positionals.isEmpty()) {
      page.heading("ARGUMENTS");
      positionals.forEach(it -> page.item(italic(it.paramLabel()), text(it)));
    }
    page.heading("OPTIONS");
    options().forEach(it -> page.item(term(it), text(it)));
    items(page, "EXIT STATUS", usage.exitCodeList());
    items(page, "ENVIRONMENT", ManWords.environment(command));
    items(page, "FILES", ManWords.files(command));
    page.heading("EXAMPLES").literal(examples());
    page.heading("SEE ALSO").line(seeAlso());
    return page.toString();
  }

  List<OptionSpec> options() {
    return command.options().stream().filter(option -> !option.hidden()).toList();
  }

  private String synopsis() {
    var arguments =
        command.positionalParameters().stream()
            .map(it -> {
              var label = italic(it.paramLabel()) + (it.typeInfo().isMultiValue() ? "..." : "");
              return " " + (it.arity().min() == 0 ? "[" + label + "]" : label);
            })
            .collect(joining());
    var subcommand = command.subcommands().isEmpty() ? "" : " " + italic("COMMAND");
    return bold(command.qualifiedName()) + " [" + italic("OPTIONS") + "]" + subcommand + arguments;
  }

  /// `-f, --file=PLAN`, in the manual's fonts.
  private static String term(OptionSpec option) {
    var names = Arrays.stream(option.names()).map(Roff::bold).collect(joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    var more = option.splitRegex().isEmpty() ? "" : "[," + italic(option.paramLabel()) + "...]";
    var value = "=" + italic(option.paramLabel()) + more;
    return names + (option.arity().min() == 0 ? "[" + value + "]" : value);
  }

  private static String text(ArgSpec arg) {
    return plain(text(arg.description()));
  }

  private static String text(String[]... lines) {
    return Arrays.stream(lines).flatMap(Arrays::stream).map(String::strip).collect(joining(" "));
  }

  private static void items(Roff page, String heading, Map<String, String> items) {
    if (!items.isEmpty()) {
      page.heading(heading);
      items.forEach((term, words) -> page.item(bold(term.strip()), plain(words)));
    }
  }

  /// What the help ends with, in line.
  private List<String> examples() {
    var footer =
        Arrays.stream(command.usageMessage().footer())
            .map(CommandPage::plain)
            .filter(line -> !line.isBlank())
            .toList();
    var indent = footer.stream().mapToInt(it -> it.length() - it.stripLeading().length()).min();
    return footer.stream().map(line -> line.substring(indent.orElse(0))).toList();
  }

  private String seeAlso() {
    var others =
        command.parent() == null
            ? commands(command).stream().map(it -> new CommandPage(it).name()).toList()
            : List.of(command.root().name());
    return others.stream().map(it -> bold(it) + "(1), ").collect(joining())
        + bold("kleos-iam.yaml")
        + "(5)";
  }

  private static String sentence(CommandSpec command) {
    return plain(command.usageMessage().header()[0]);
  }

  /// As `apropos` lists it: no capital, no full stop.
  private static String brief(CommandSpec command) {
    var sentence = sentence(command).replaceFirst("\\.$", "");
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static String plain(String words) {
    return words.replace("%%", "%");
  }
}
