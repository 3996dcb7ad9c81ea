package dev.kleos.iam.script;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every script, at a terminal of 80 columns: what it says there is the same but for line breaks.
class TerminalTest {
  private static final int COLUMNS = 80;

  /// They do something else at a terminal.
  private static final Set<String> OTHERWISE = Set.of("emulator.txtar", "running.txtar");

  private static final Pattern COMMAND =
      Pattern.compile("(?m): ((# at Google: )?(kleos-iam|gcloud) \\S.*)$");
  private static final Pattern STATUS = Pattern.compile("<CR><ESC>\\[K([^<\n]*…)?");

  @TempDir private Path folder = Path.of("");

  static List<Path> scripts() throws IOException {
    return ScriptTest.scripts().stream()
        .filter(script -> !OTHERWISE.contains(script.getFileName().toString()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScript_at80Columns_saysTheSame_andBreaksNoCommand(Path path) throws IOException {
    var script = Script.parse(Files.readString(path));
    try (var runner = new ScriptRunner(folder, COLUMNS)) {
      runner.write(script.files());
      for (var step : script.steps()) {
        if (step.command() != null) {
          var printed = STATUS.matcher(runner.run(step)).replaceAll("");
          if (step.command().contains("kleos-iam token")) {
            continue; // which a terminal gets none of
          }
          var expected = STATUS.matcher(step.output()).replaceAll("");

          assertThat(words(printed)).as(step.command()).isEqualTo(words(expected));
          assertThat(commands(expected))
              .as(step.command())
              .allSatisfy(command -> assertThat(printed).contains(command));
        }
      }
    }
  }

  private static List<String> commands(String text) {
    return COMMAND
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .filter(command -> !command.matches(".*[;(.] .*"))
        .collect(toList());
  }

  private static String words(String text) {
    return text.replaceAll("<ESC>\\[[0-9;]*m", "")
        .replace("[stderr]", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
