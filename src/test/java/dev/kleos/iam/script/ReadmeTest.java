package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.planfile.PlanCompiler;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.script.Installed.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README says what is so.
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");

  @TempDir private Path folder = Path.of("");

  @Test
  void consoleBlocks_whenRun_printWhatTheySay() throws IOException {
    var readme = Files.readString(README);
    var actual = new StringBuilder();
    var matcher = BLOCK.matcher(readme);
    try (var runner = new ScriptRunner(folder)) {
      runner.write(Map.of("plans/kleos.yaml", blocks(readme, "yaml").getFirst()));
      while (matcher.find()) {
        var block = matcher.group();
        if (matcher.group(1).equals("console")) {
          block = "```console\n" + run(runner, Script.parse(matcher.group(2))) + "```";
        }
        matcher.appendReplacement(actual, Matcher.quoteReplacement(block));
      }
    }
    matcher.appendTail(actual);
    if (System.getProperty("goldens", "").equals("rewrite")) {
      Files.writeString(README, actual.toString());
    } else {
      assertThat(actual.toString()).isEqualTo(readme);
    }
  }

  @Test
  void planFiles_areValid() throws IOException {
    var plans = new ArrayList<>(blocks(Files.readString(README), "yaml"));
    plans.add(Files.readString(Path.of("plans/kleos.yaml")));

    assertThat(plans).hasSizeGreaterThan(2);
    for (var plan : plans) {
      var compiled =
          PlanCompiler.compile(
              List.of(PlanSource.of("README.md", plan)),
              Settings.NONE,
              Instant.parse("2026-12-01T00:00:00Z"));
      assertThat(compiled.problems()).isEmpty();
    }
  }

  @Test
  void worldFiles_areWorlds() throws IOException {
    var worlds = jsonBlocks("kleosIamEmulator");

    assertThat(worlds).isNotEmpty();
    for (var world : worlds) {
      var file = Files.writeString(folder.resolve("world.json"), world);
      assertThat(World.read(file).regions("my-project")).isNotEmpty();
    }
  }

  @Test
  void faultFiles_areFaults() throws IOException {
    var files = jsonBlocks("faults");

    assertThat(files).isNotEmpty();
    for (var faults : files) {
      try (var emulator = Emulator.start(World.demo())) {
        emulator.faults().addFrom(faults.getBytes(UTF_8), "README.md");
        assertThat(emulator.faults().states()).isNotEmpty();
      }
    }
  }

  @Test
  void jsonBlocks_areWorldsOrFaults() throws IOException {
    assertThat(jsonBlocks("kleosIamEmulator").size() + jsonBlocks("faults").size())
        .isEqualTo(blocks(Files.readString(README), "json").size());
  }

  @Test
  void shellBlocks_nameGoalsThatMakeKnows() throws IOException, InterruptedException {
    var lines =
        blocks(Files.readString(README), "sh").stream()
            .filter(block -> !block.contains("gcloud"))
            .flatMap(String::lines)
            .toList();

    assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
    for (var line : lines) {
      assertThat(line).startsWith("make ");
      var words = line.replaceFirst(" *#.*", "").split(" +");
      var make = new ProcessBuilder(words);
      make.command().add(1, "--dry-run");
      var process = make.redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }
  }

  @Test
  void gcloudBlocks_whereGcloudIs_changeTheEmulator_andCallAService() throws Exception {
    var blocks =
        blocks(Files.readString(README), "sh").stream()
            .filter(it -> it.contains("gcloud"))
            .toList();
    // The block that leads gcloud to the emulator comes first.
    var block =
        Stream.of(
                blocks.stream().filter(it -> it.contains("CLOUDSDK_CONFIG")),
                blocks.stream().filter(it -> !it.contains("CLOUDSDK_CONFIG")))
            .flatMap(it -> it)
            .collect(joining("\n"));
    assumeTrue(sh("command -v gcloud", Map.of()).code() == 0, "needs gcloud");
    try (var emulator = RunningEmulator.start(List.of("emulator", "--port", "0"), folder)) {
      var host =
          Map.of("KLEOS_IAM_EMULATOR_HOST", emulator.host(), "http_proxy", "", "https_proxy", "");

      var answer = sh("set -e\n" + block, host);

      assertThat(answer.code()).as(answer.output()).isZero();
      assertThat(answer.output())
          .contains("Created service account [reporter].")
          .contains("name: projects/kleos-demo/roles/kleosIamPlan")
          .contains("- serviceAccount:reporter@kleos-demo.iam.gserviceaccount.com")
          .contains("\"email\": \"reporter@kleos-demo.iam.gserviceaccount.com\"");
    }
  }

  @Test
  void demo_isAboutThePlanThatIsShipped() throws IOException {
    var demo = Script.parse(Files.readString(Path.of("src/test/resources/script/demo.txtar")));

    assertThat(demo.files())
        .containsEntry("plans/kleos.yaml", Files.readString(Path.of("plans/kleos.yaml")));
  }

  private Answer sh(String text, Map<String, String> env) throws Exception {
    return new Installed(folder, folder).run(env, "sh", "-c", text);
  }

  private static String run(ScriptRunner runner, Script script) throws IOException {
    var outputs = new ArrayList<String>();
    for (var step : script.steps()) {
      outputs.add(runner.run(step));
    }
    return script.with(outputs).stripTrailing() + "\n";
  }

  /// Those that begin with a key.
  private static List<String> jsonBlocks(String key) throws IOException {
    return blocks(Files.readString(README), "json").stream()
        .filter(block -> block.replaceAll("\\s", "").startsWith("{\"" + key + "\""))
        .toList();
  }

  private static List<String> blocks(String text, String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
