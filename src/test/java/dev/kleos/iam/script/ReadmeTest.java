package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.planfile.PlanCompiler;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.script.Documents.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The README, and SECURITY.md, say what is so: each block is run, and none is run nowhere.
class ReadmeTest {
  @TempDir private Path folder = Path.of("");

  /// How a block is put to the test.
  private enum Trial {
    /// In this process, on the emulator inside the program.
    REHEARSAL,
    /// By a shell at Google, as the [Story] that its section belongs to goes.
    GOOGLE,
    /// By a shell, with an emulator in the background.
    EMULATOR,
    /// By make.
    MAKE,
    /// By `.ci/run`, which every change goes through: it would run this test, too.
    CI,
    /// By the shells whose completion it turns on: [CompletionInShellsTest].
    COMPLETION,
    /// Read as a plan file.
    PLAN,
    /// Read as a world, or as faults.
    JSON;

    static Optional<Trial> of(Block block) {
      return switch (block.language()) {
        case "yaml" -> Optional.of(PLAN);
        case "json" -> Optional.of(JSON);
        case "diff" -> Story.of(block).map(_ -> GOOGLE);
        case "console" -> Optional.of(Story.of(block).isPresent() ? GOOGLE : REHEARSAL);
        case "bash" -> block.section().equals("Completion") ? Optional.of(COMPLETION) : none();
        case "sh" ->
            switch (block.section()) {
              case "kleos-iam" -> Optional.of(CI);
              case "Installing" -> Optional.of(MAKE);
              case "An emulator for other programs" -> Optional.of(EMULATOR);
              default -> Story.of(block).map(_ -> GOOGLE);
            };
        default -> none();
      };
    }

    private static Optional<Trial> none() {
      return Optional.empty();
    }

    List<Block> blocks() throws IOException {
      return Documents.blocks().stream()
          .filter(block -> of(block).equals(Optional.of(this)))
          .toList();
    }
  }

  @Test
  void everyBlock_isRun() throws IOException {
    assertThat(Documents.blocks()).isNotEmpty().allMatch(block -> Trial.of(block).isPresent());
    for (var trial : Trial.values()) {
      assertThat(trial.blocks()).as(trial.name()).isNotEmpty();
    }
  }

  /// Code without a fence would be no block.
  @Test
  void noCode_isWithoutAFence() throws IOException {
    for (var file : Documents.ALL) {
      var prose = Documents.rewritten(file, block -> block.with(""));

      assertThat(prose.lines()).as(file.toString()).noneMatch(line -> line.startsWith("    "));
    }
  }

  @Test
  void rehearsals_whenRun_printWhatTheySay() throws IOException {
    try (var runner = new ScriptRunner(folder)) {
      runner.write(Map.of("plans/kleos.yaml", Trial.PLAN.blocks().getFirst().text()));
      for (var file : Documents.ALL) {
        compare(
            file,
            block ->
                Trial.of(block).equals(Optional.of(Trial.REHEARSAL))
                    ? block.with(run(runner, Script.parse(block.text())))
                    : block);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void whatIsForTheRealGoogle_whenRun_comesToWhatItSays(Story story) throws Exception {
    try (var shell = new ShellAtGoogle(World.read(story.world(folder)), folder)) {
      for (var file : Documents.ALL) {
        compare(
            file,
            block -> Story.of(block).equals(Optional.of(story)) ? story.run(block, shell) : block);
      }
      assumeFalse(shell.lacksGcloud(), "needs gcloud for the rest");
    }
  }

  static List<Story> stories() {
    return Story.ALL;
  }

  @Test
  void whatIsForGcloudOnTheEmulator_whereGcloudIs_works() throws Exception {
    var block = Trial.EMULATOR.blocks().stream().map(Block::text).collect(joining("\n"));
    assumeTrue(sh("command -v gcloud", Map.of()).code() == 0, "needs gcloud");
    try (var emulator = RunningEmulator.start(List.of("emulator", "--port", "0"), folder)) {
      var host =
          Map.of("KLEOS_IAM_EMULATOR_HOST", emulator.host(), "http_proxy", "", "https_proxy", "");

      var answer = sh("set -e\n" + block, host);

      assertThat(answer.code()).as(answer.output()).isZero();
      assertThat(answer.output())
          .contains("Created service account [reporter].")
          .contains("\"email\": \"reporter@kleos-demo.iam.gserviceaccount.com\"");
    }
  }

  @Test
  void whatANewcomerRuns_isWhatEveryChangeGoesThrough() throws IOException {
    assertThat(Files.readAllLines(Path.of(".ci/run")))
        .containsSubsequence(
            Trial.CI.blocks().stream()
                .flatMap(block -> block.commands().stream())
                .map(line -> line.replaceFirst(" *#.*", ""))
                .toList());
  }

  /// With what is built already: make would build anew below a test that uses it.
  @Test
  void make_installs_andTakesAwayAgain() throws Exception {
    var installed = Installed.in(folder);
    var make =
        "make() { command make -C '%s' -o target/kleos-iam/bin/kleos-iam \"$@\"; }\nset -e\n"
            .formatted(Path.of("").toAbsolutePath());
    for (var block : Trial.MAKE.blocks()) {
      var home = Map.of("HOME", folder.toString(), "MAKEFLAGS", "");

      var answer = installed.run(home, "bash", "-c", make + block.text());

      assertThat(answer.output()).contains("Installed " + folder, "kleos-iam 0.").as("make");
      assertThat(answer.code()).as(answer.output()).isZero();
      try (var left = Files.walk(folder.resolve(".local"))) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void completion_isTurnedOnByTheLinesThatShellsAreTestedWith() throws IOException {
    var lines = Trial.COMPLETION.blocks().stream().flatMap(it -> it.commands().stream()).toList();

    assertThat(lines).hasSameSizeAs(Terminal.Kind.values());
    for (var kind : Terminal.Kind.values()) {
      assertThat(lines).anySatisfy(line -> assertThat(line).contains(kind.turnsOn()));
    }
  }

  @Test
  void planFiles_areValid() throws IOException {
    var plans = new ArrayList<>(Trial.PLAN.blocks().stream().map(Block::text).toList());
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
  void jsonBlocks_areWorldsOrFaults() throws IOException {
    for (var block : Trial.JSON.blocks()) {
      if (block.text().contains("\"kleosIamEmulator\"")) {
        var file = Files.writeString(folder.resolve("world.json"), block.text());
        assertThat(World.read(file).regions("my-project")).isNotEmpty();
      } else {
        try (var emulator = Emulator.start(World.demo())) {
          emulator.faults().addFrom(block.text().getBytes(UTF_8), "README.md");
          assertThat(emulator.faults().states()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void demo_isAboutThePlanThatIsShipped() throws IOException {
    var demo = Script.parse(Files.readString(Path.of("src/test/resources/script/demo.txtar")));

    assertThat(demo.files())
        .containsEntry("plans/kleos.yaml", Files.readString(Path.of("plans/kleos.yaml")));
  }

  /// Holds the blocks of a document against what they come to; or writes that down.
  private static void compare(Path file, UnaryOperator<Block> outcome) throws IOException {
    var isToBeWritten = System.getProperty("goldens", "").equals("rewrite");
    var actual =
        Documents.rewritten(
            file,
            block -> {
              var after = outcome.apply(block);
              if (!isToBeWritten) {
                assertThat(after.text()).as(block.toString()).isEqualTo(block.text());
              }
              return after;
            });
    if (isToBeWritten) {
      Files.writeString(file, actual);
    }
  }

  private Installed.Answer sh(String text, Map<String, String> env) throws Exception {
    return new Installed(folder, folder).run(env, "sh", "-c", text);
  }

  private static String run(ScriptRunner runner, Script script) {
    try {
      var outputs = new ArrayList<String>();
      for (var step : script.steps()) {
        outputs.add(runner.run(step));
      }
      return script.with(outputs).stripTrailing() + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
