package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every script prints what it says that it prints; `make goldens` rewrites what they say.
class ScriptTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/script");

  @TempDir private Path folder = Path.of("");

  static List<Path> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files.filter(path -> path.toString().endsWith(".txtar")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void script_whenRun_printsWhatItSays(Path path) throws IOException {
    var text = Files.readString(path);
    var script = Script.parse(text);
    var outputs = new ArrayList<String>();
    try (var runner = new ScriptRunner(folder)) {
      runner.write(script.files());
      for (var step : script.steps()) {
        if (step.command() != null) {
          outputs.add(runner.run(step));
        }
      }
    }
    var actual = script.with(outputs);
    if (System.getProperty("goldens", "").equals("rewrite")) {
      Files.writeString(path, actual);
    } else {
      assertThat(actual).isEqualTo(text);
    }
  }
}
