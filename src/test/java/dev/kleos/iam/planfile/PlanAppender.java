package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;

/// Somebody who appends lines to a plan file that was read once: replaces it, and goes on from what
/// is there now where somebody else was faster. As a program, in a process of its own.
final class PlanAppender {
  static final String NAME = "kleos.yaml";

  private final PlanFileWriter writer;
  private PlanSource.Content content;

  PlanAppender(Path directory) {
    this(directory, new PlanFileWriter(directory));
  }

  PlanAppender(Path directory, PlanFileWriter writer) {
    this.writer = writer;
    this.content = (PlanSource.Content) PlanSources.find(directory, List.of(NAME)).getFirst();
  }

  /// Appends, and prints why where it cannot.
  ///
  /// @param args the directory, the line and how often
  public static void main(String[] args) {
    var appender = new PlanAppender(Path.of(args[0]));
    for (var i = 0; i < Integer.parseInt(args[2]); i++) {
      if (appender.append(args[1]) instanceof PlanFileWriter.Result.Failed(var why)) {
        System.out.println(why);
      }
    }
  }

  PlanFileWriter.Result append(String line) {
    while (true) {
      var next = PlanSource.of(NAME, new String(content.bytes(), UTF_8) + line + "\n");
      var result = writer.replace(content, next);
      if (result instanceof PlanFileWriter.Result.Changed(var now)) {
        content = now;
      } else {
        content = next;
        return result;
      }
    }
  }
}
