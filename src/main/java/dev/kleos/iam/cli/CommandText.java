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

  /// Short options, alone or run together: `-v`, `-y`, and `-o` with its value, attached or next.
  private static final Pattern CLUSTER = Pattern.compile("-(?=.)([vy]*)(o.*)?");

  /// What the suggested command is better without: it asks, and speaks to a person.
  private static final Set<String> ELSEWHERE = Set.of("--detailed-exitcode", "--yes", "--dry-run");

  private CommandText() {}

  /// `kleos-iam` with another command and, after `extra`, the arguments of this one; without those
  /// that only make sense here.
  ///
  /// @param replaced arguments with what stands in their place
  static String like(
      CommandSpec spec, String command, Map<String, String> replaced, String... extra) {
    var words = new ArrayList<String>(List.of("kleos-iam", command));
    words.addAll(List.of(extra));
    var arguments = spec.root().commandLine().getParseResult().originalArgs();
    for (var i = 1; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      var cluster = CLUSTER.matcher(argument);
      if (cluster.matches()) {
        if (cluster.group(1).contains("v")) {
          words.add("-v");
        }
        i += "o".equals(cluster.group(2)) ? 1 : 0;
      } else if (argument.equals("--output")) {
        i++;
      } else if (!argument.startsWith("--output=")
          && !ELSEWHERE.contains(argument)
          && !(words.contains(argument) && argument.startsWith("--prune"))) {
        words.add(replaced.getOrDefault(argument, argument));
      }
    }
    return String.join(" ", words.stream().map(CommandText::quoted).toList());
  }

  /// A word as a shell takes it.
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
