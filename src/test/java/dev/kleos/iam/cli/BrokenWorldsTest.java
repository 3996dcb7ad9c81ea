package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.Scene.Said;
import dev.kleos.iam.cli.Surroundings.Terminals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Worlds with one fault each: `doctor` names that one and no other, what it suggests is taken from
/// its output and done, and `doctor` finds nothing broken any more.
class BrokenWorldsTest {
  private static final Terminals WATCHED = new Terminals(true, true, true);
  private static final String ADMIN = "An admin runs: ";
  private static final Pattern COMMAND =
      Pattern.compile("(" + ADMIN + ")?([A-Z_]+=\\S+ )*(kleos-iam|gcloud|unset|export) ");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path folder = Path.of("");

  static List<BrokenWorld> worlds() {
    return Stream.of(MachineWorlds.ALL, ProjectWorlds.ALL, AccessWorlds.ALL, OtherWorlds.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void thereAreThirtyAndMore() {
    assertThat(worlds()).hasSizeGreaterThan(30).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereNothingIsWrong_nothingIsBroken(boolean isGoogle) {
    try (var scene = new Scene(folder, isGoogle).start()) {
      var said = doctor(scene, scene.arguments);

      assertThat(said.out()).doesNotContain("✗", "?");
      assertThat(said.code()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void aFault_isNamed_andWhatIsSuggestedMendsIt(BrokenWorld world) {
    try (var scene = new Scene(folder, world.isGoogle())) {
      world.fault().accept(scene);
      scene.start();

      var said = doctor(scene, scene.arguments);

      assertThat(broken(scene, said)).as(said.toString()).isEqualTo(world.said());
      assertThat(said.code()).isEqualTo(ExitCode.FAILED);
      var remedy = world.said().lines().skip(1).findFirst().orElseThrow().strip();
      if (!COMMAND.matcher(remedy).lookingAt()) {
        return; // words for people: no command mends it
      }
      var again = mend(scene, remedy);
      assertThat(again.out()).as("after that\n" + again).doesNotContain("✗");
      assertThat(again.code()).as(again.toString()).isZero();
    }
  }

  /// What shows less than there is breaks nothing: a call is tried all the same.
  @ParameterizedTest
  @MethodSource("dev.kleos.iam.cli.DimWorlds#all")
  void whatCannotBeSeen_isSaid_andIsNoFault(DimWorlds.Dim world) {
    try (var scene = new Scene(folder, world.isGoogle())) {
      world.change().accept(scene);
      scene.start();

      var said = doctor(scene, scene.arguments);

      assertThat(scene.plain(said.out())).contains(world.said()).doesNotContain("✗");
      assertThat(said.code()).as(said.toString()).isZero();
    }
  }

  /// Who sees no policies cannot see either that something was granted to her a moment ago.
  @Test
  void whatMayHaveBeenGrantedAMomentAgo_isWaitedFor() {
    try (var scene = new Scene(folder, true)) {
      scene.world.plainUser();
      scene.world.actors("", "");
      scene.late(
          Duration.ofSeconds(2),
          () -> scene.grant("alice@example.com", "--account", Worldly.ACCOUNT));
      scene.ask("--account", Worldly.ACCOUNT);
      scene.start();
      scene.ask("--service", scene.address());

      var before = doctor(scene, scene.arguments);
      assertThat(before.out()).contains("has not spread yet");
      assertThat(before.code()).isEqualTo(ExitCode.FAILED);

      scene.ask("--wait");
      var after = doctor(scene, scene.arguments);
      assertThat(after.out()).doesNotContain("✗");
      assertThat(after.code()).as(after.toString()).isZero();
    }
  }

  private static Said doctor(Scene scene, List<String> arguments) {
    var words = new ArrayList<>(List.of("doctor"));
    words.addAll(arguments);
    return scene.run(Terminals.NONE, words);
  }

  /// The lines about what is broken.
  private static String broken(Scene scene, Said said) {
    var lines = new StringBuilder();
    var isBroken = false;
    for (var line : scene.plain(said.out()).lines().toList()) {
      isBroken = line.startsWith("✗") || (isBroken && line.startsWith("   "));
      if (isBroken) {
        lines.append(line).append('\n');
      }
    }
    return lines.toString();
  }

  /// Does what a line says, and asks again: for what is asked for now, where that is what it says.
  private static Said mend(Scene scene, String line) {
    var isAdmins = line.startsWith(ADMIN);
    var words = words(line.replaceFirst("^" + ADMIN, ""));
    while (words.getFirst().matches("[A-Z_]+=.*")) {
      words.removeFirst(); // where it leads is where the terminal leads anyway
    }
    var program = words.removeFirst();
    switch (program) {
      case "unset" -> scene.set(words.getFirst(), "");
      case "export" -> {
        var setting = words.getFirst().split("=", 2);
        scene.set(setting[0], setting[1]);
      }
      case "gcloud" ->
          new GcloudStandIn(
                  scene.google().server().url(),
                  scene.google().emulator(),
                  isAdmins ? "admin@example.com" : "alice@example.com",
                  scene.folder.resolve("home"))
              .run(words);
      case "kleos-iam" -> {
        var said = isAdmins ? scene.runAsAdmin(WATCHED, words) : scene.run(WATCHED, words);
        assertThat(said.code()).as(line + "\n" + said).isZero();
        if (words.getFirst().equals("doctor")) {
          return said;
        }
      }
      default -> throw new AssertionError("nobody can run this: " + line);
    }
    return doctor(scene, scene.arguments);
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }
}
