package dev.kleos.iam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/// Command lines to suggest: the user's own arguments after another command, ready to copy.
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /// Short options, alone or run together: `-v`, `-y`, `-n`, and `-o` or `-f` with its value,
  /// attached or next.
  private static final Pattern CLUSTER = Pattern.compile("-(?=.)([vyn]*)(?:(o.*)|(f.*))?");

  /// What the suggested command is better without: it asks, and speaks to a person.
  private static final Set<String> ELSEWHERE = Set.of("--detailed-exitcode", "--yes", "--dry-run");

  private CommandText() {}

  /// `kleos-iam` with another command and, after `extra`, the arguments of this one; without those
  /// that only make sense here.
  ///
  /// @param replaced arguments with what stands in their place
  static String like(
      CommandSpec spec, String command, Map<String, String> replaced, String... extra) {
    return line(words(spec, command, replaced, extra));
  }

  /// The same, word by word.
  static List<String> words(
      CommandSpec spec, String command, Map<String, String> replaced, String... extra) {
    var words = new ArrayList<String>(List.of("kleos-iam", command));
    words.addAll(List.of(extra));
    var arguments = spec.root().commandLine().getParseResult().originalArgs();
    for (var i = arguments.indexOf(spec.name()) + 1; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      var name = argument.startsWith("--") ? argument.replaceFirst("=.*", "") : argument;
      var cluster = CLUSTER.matcher(argument);
      if (cluster.matches()) {
        if (cluster.group(1).contains("v")) {
          words.add("-v");
        }
        i += "o".equals(cluster.group(2)) ? 1 : 0;
        if (cluster.group(3) != null) {
          words.add("-" + cluster.group(3));
        }
      } else if (argument.equals("--output")) {
        i++;
      } else if (!name.equals("--output")
          && !ELSEWHERE.contains(name)
          && !(words.contains(argument) && argument.startsWith("--prune"))) {
        var isValue = takesValue(spec, arguments.get(i - 1));
        words.add(isValue ? argument : replaced.getOrDefault(argument, argument));
      }
    }
    return words;
  }

  /// What was typed behind the program's name.
  static String typed(CommandSpec spec) {
    return line(spec.root().commandLine().getParseResult().originalArgs());
  }

  /// Words as a line for a shell.
  static String line(List<String> words) {
    return String.join(" ", words.stream().map(CommandText::quoted).toList());
  }

  /// Whether the word after an option is its value.
  private static boolean takesValue(CommandSpec spec, String word) {
    var option = spec.findOption(word);
    return option != null && option.arity().max() > 0;
  }

  /// A word as a shell takes it.
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
