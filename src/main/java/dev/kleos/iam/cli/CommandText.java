package dev.kleos.iam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/// Command lines to suggest: the user's own arguments after another command, ready to copy.
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private CommandText() {}

  /// `kleos-iam` with another command and, after `extra`, the arguments of this one; without those
  /// that only make sense here.
  static String like(CommandSpec spec, String command, String... extra) {
    var words = new ArrayList<String>(List.of("kleos-iam", command));
    words.addAll(List.of(extra));
    var arguments = spec.root().commandLine().getParseResult().originalArgs();
    for (var i = 1; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      switch (argument) {
        case "--detailed-exitcode", "-o=json", "-ojson", "--output=json", "--yes", "-y" -> {}
        case "-vy", "-yv" -> words.add("-v");
        case "-o", "--output" -> i++;
        default -> {
          if (!words.contains(argument) || !argument.startsWith("--prune")) {
            words.add(argument);
          }
        }
      }
    }
    return String.join(" ", words.stream().map(CommandText::quoted).toList());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
