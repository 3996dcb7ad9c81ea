package dev.kleos.iam.script;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.script.Installed.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher as it is installed, in processes of its own.
class LauncherTest {
  @TempDir private static Path root = Path.of("");
  private static Installed installed = new Installed(Path.of(""), Path.of(""));

  @BeforeAll
  static void install() throws IOException {
    installed = Installed.in(root);
  }

  @Test
  void launcher_throughALinkFromAnotherFolder_runs() throws Exception {
    var link = Files.createSymbolicLink(root.resolve("link"), Path.of(installed.launcher()));
    Files.writeString(root.resolve("plan.yaml"), Files.readString(Path.of("plans/kleos.yaml")));

    var answer = run(Map.of("JAVA_HOME", "/nowhere"), link.toString(), "validate", "plan.yaml");

    assertThat(answer.output()).isEqualTo("The plan is valid: 1 account, 1 service, 7 grants.\n");
    assertThat(answer.code()).isZero();
  }

  @Test
  void findJava_whereJavaHomeIsOld_findsOneThatFits() throws Exception {
    var old = Files.createDirectories(root.resolve("old/bin"));
    Files.writeString(root.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
    assertThat(Files.writeString(old.resolve("javac"), "").toFile().setExecutable(true)).isTrue();
    var path = System.getProperty("java.home") + "/bin:/usr/bin:/bin";

    var answer =
        run(
            Map.of("JAVA_HOME", root.resolve("old").toString(), "PATH", path),
            "sh",
            Path.of("src/main/launcher/find-java").toAbsolutePath().toString());

    assertThat(Path.of(answer.output().strip()).resolve("release"))
        .content()
        .containsPattern("JAVA_VERSION=\"(2[5-9]|[3-9])");
    assertThat(answer.code()).isZero();
  }

  @Test
  void demo_tellsItsStoryToTheEnd() throws Exception {
    var demo = Path.of("src/test/sh/demo").toAbsolutePath().toString();

    var answer = run(Map.of(), "sh", demo, installed.launcher());

    assertThat(answer.output())
        .contains("Applied: 1 account created · 7 grants added.")
        .contains("No changes: all that the plan asks for is in place.")
        .contains("1 principal that the plan does not name STILL HAS ACCESS:")
        .endsWith("Nothing left this machine: Google was an emulator inside the program.\n");
    assertThat(answer.code()).isZero();
  }

  @Test
  void plan_withoutCredentials_namesTheCommandToRun() throws Exception {
    var answer =
        kleosIam(
            Map.of("NO_GCE_CHECK", "true", "CLOUDSDK_CONFIG", root.resolve("none").toString()));

    assertThat(answer.output())
        .contains("There are no Google credentials on this machine.")
        .contains("gcloud auth application-default login");
    assertThat(answer.code()).isEqualTo(1);
  }

  @Test
  void plan_withBrokenCredentials_saysWhichFile() throws Exception {
    var file = Files.writeString(root.resolve("broken.json"), "{bad");

    var answer = kleosIam(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()));

    assertThat(answer.output())
        .contains("broken.json")
        .contains("malformed JSON at line 1")
        .contains("Unset GOOGLE_APPLICATION_CREDENTIALS");
    assertThat(answer.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "plan --detailed-exitcode --emulator", "drift --emulator"})
  void output_thatCannotBeWritten_isAFailure(String command) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
    Files.copy(Path.of("plans/kleos.yaml"), root.resolve("kleos-iam.yaml"), REPLACE_EXISTING);

    var answer = run(Map.of(), "sh", "-c", quoted() + " " + command + " >/dev/full");

    assertThat(answer.output()).isEqualTo("kleos-iam: the output could not be written\n");
    assertThat(answer.code()).isEqualTo(1);
  }

  /// Otherwise one of Java's own files would be standard input, and be closed when it was read.
  @Test
  void inputThatIsClosed_isNoEmptyInput() throws Exception {
    var answer = run(Map.of(), "sh", "-c", quoted() + " invoke kleos-service -d @- --emulator <&-");

    assertThat(answer.output())
        .isEqualTo("kleos-iam: standard input cannot be read: Bad file descriptor\n");
    assertThat(answer.code()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help >&-                | 1 | kleos-iam: the output could not be written",
        "--help <&- >&-            | 1 | kleos-iam: the output could not be written",
        "--help >&- 2>&-           | 1 |",
        "nothing 2>&-              | 64 |",
        "nothing <&- >&- 2>&-      | 64 |",
      })
  void outputThatIsClosed_isLost_andNobodyElsesFileIsWritten(
      String line, int code, @Nullable String told) throws Exception {
    var answer = run(Map.of(), "sh", "-c", quoted() + " " + line);

    assertThat(answer.output().strip()).isEqualTo(Objects.toString(told, ""));
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void aReaderThatHasSeenEnough_isNoFailure() throws Exception {
    var answer = run(Map.of(), "bash", "-o", "pipefail", "-c", quoted() + " --help | head -c 0");

    assertThat(answer).isEqualTo(new Answer(0, ""));
  }

  private static String quoted() {
    return "'" + installed.launcher() + "'";
  }

  private static Answer kleosIam(Map<String, String> env) throws Exception {
    var plan = Path.of("plans/kleos.yaml").toAbsolutePath().toString();
    return run(env, installed.launcher(), "plan", plan);
  }

  private static Answer run(Map<String, String> env, String... command) throws Exception {
    return installed.run(env, command);
  }
}
