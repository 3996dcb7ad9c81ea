package dev.kleos.iam.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A script in the txtar form: comments (`# …`), commands (`$ …`) each followed by what it prints,
/// then the files that it starts with (`-- name --`).
///
/// After a command's standard output come, where there are any, a line `[stderr]` with its standard
/// error, and a line `[exit N]`. A command that ends in `# types: yes` has a person at a terminal;
/// `\n` is the end of a line, and `^D` that of the input.
record Script(List<Step> steps, Map<String, String> files) {
  private static final String TYPES = "  # types: ";

  /// A comment, or a command with what it printed.
  ///
  /// @param command null for a comment
  record Step(String comment, @Nullable String command, String output) {
    /// What a person types at the command's question; null where nobody is there.
    @Nullable String typed() {
      var at = command == null ? -1 : command.indexOf(TYPES);
      return at < 0 || command == null ? null : command.substring(at + TYPES.length());
    }

    /// The command without what is typed.
    String bare() {
      var at = command == null ? -1 : command.indexOf(TYPES);
      return command == null ? "" : at < 0 ? command : command.substring(0, at);
    }
  }

  static Script parse(String text) {
    var steps = new ArrayList<Step>();
    var files = new LinkedHashMap<String, String>();
    var comment = new StringBuilder();
    var output = new StringBuilder();
    String command = null;
    String file = null;
    for (var line : text.lines().toList()) {
      if (line.matches("-- \\S+ --")) {
        file = line.substring(3, line.length() - 3);
        files.put(file, "");
      } else if (file != null) {
        files.merge(file, line + "\n", String::concat);
      } else if (line.startsWith("$ ") || line.startsWith("# ") || line.equals("#")) {
        if (command != null) {
          steps.add(new Step(comment.toString(), command, trimmed(output)));
          comment.setLength(0);
          output.setLength(0);
          command = null;
        }
        if (line.startsWith("$ ")) {
          command = line.substring(2);
        } else {
          comment.append(line).append('\n');
        }
      } else if (command != null) {
        output.append(line).append('\n');
      }
    }
    if (command != null || !comment.isEmpty()) {
      steps.add(new Step(comment.toString(), command, trimmed(output)));
    }
    return new Script(steps, files);
  }

  /// The same script as text, with other outputs.
  String with(List<String> outputs) {
    var text = new StringBuilder();
    var output = outputs.iterator();
    for (var step : steps) {
      text.append(step.comment());
      if (step.command() != null) {
        text.append("$ ").append(step.command()).append('\n').append(output.next()).append('\n');
      }
    }
    files.forEach(
        (name, content) -> text.append("-- ").append(name).append(" --\n").append(content));
    return text.toString();
  }

  private static String trimmed(StringBuilder output) {
    var text = output.toString().stripTrailing();
    return text.isEmpty() ? "" : text + "\n";
  }
}
