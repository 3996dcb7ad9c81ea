package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.script.Installed.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A copy of the distribution somewhere else, as from an archive.
class DistributionTest {
  /// What would lead another Java program astray.
  private static final Map<String, String> ASTRAY =
      Map.of(
          "JAVA_HOME", "/nowhere",
          "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC",
          "JDK_JAVA_OPTIONS", "-Dnothing",
          "_JAVA_OPTIONS", "-Xint",
          "CLASSPATH", "/nowhere");

  @TempDir private static Path root = Path.of("");
  private static Installed installed = new Installed(Path.of(""), Path.of(""));

  @BeforeAll
  static void unpack() throws Exception {
    var folder = Files.createDirectories(root.resolve("another folder"));
    installed = new Installed(folder.resolve("kleos-iam"), root);
    run("cp", "-R", Installed.BUILT.toString(), installed.home().toString());
    run("chmod", "-R", "a-w", installed.home().toString());
  }

  @AfterAll
  static void mayBeDeleted() throws Exception {
    run("chmod", "-R", "u+w", installed.home().toString());
  }

  @Test
  void aReadOnlyCopy_startsByItsCache_whateverJavaIsAround() throws Exception {
    var answer = installed.run(ASTRAY, installed.launcher(), "--version", "-v");

    assertThat(answer.output())
        .matches(
            "kleos-iam \\S+, Java \\S+\nstart-up cache: \\S.*/another folder/.*/offline\\.aot\n");
    assertThat(answer.code()).isZero();
  }

  @Test
  void theVersion_isTheProjects() throws Exception {
    var pom = Files.readString(Path.of("pom.xml"));
    var version = pom.replaceFirst("(?s).*?\n  <version>(.*?)</version>.*", "$1");

    assertThat(run(installed.launcher(), "--version").output())
        .startsWith("kleos-iam " + version + ", Java ");
  }

  @Test
  void startedByName_fromItsOwnFolder_runs() throws Exception {
    var bin = installed.home().resolve("bin").toString();

    var answer = run("sh", "-c", "cd '" + bin + "' && sh kleos-iam validate --help");

    assertThat(answer.output()).startsWith("Usage: kleos-iam validate");
  }

  @Test
  void withoutItsCache_itStartsAllTheSame_andSaysSoWhenAsked() throws Exception {
    var bare = Installed.variant("bare", root);

    assertThat(run(bare.launcher(), "--version").output()).hasLineCount(1);
    assertThat(run(bare.launcher(), "--version", "-v").output())
        .contains("start-up cache: none, so every command starts more slowly");
  }

  @Test
  void withACacheThatDoesNotFit_itStartsAllTheSame_andSaysSoWhenAsked() throws Exception {
    var spoilt = Installed.variant("spoilt", root);
    Files.writeString(spoilt.home().resolve("lib/offline.aot"), "spoilt");

    assertThat(run(spoilt.launcher(), "--version").output()).hasLineCount(1);
    assertThat(run(spoilt.launcher(), "--version", "-v").output())
        .contains("offline.aot does not fit, so every command starts more slowly");
  }

  private static Answer run(String... command) throws Exception {
    var answer = new Installed(root, root).run(Map.of(), command);
    assertThat(answer.code()).as(answer.output()).isZero();
    return answer;
  }
}
