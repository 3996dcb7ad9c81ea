package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `init` leaves on the disk; what it says is in `init.txtar`.
class InitCommandTest {
  private static final String PROMPT = "Project id (not its number): ";

  @TempDir private Path folder = Path.of("");

  @Test
  void init_whereALinkLeadsNowhere_doesNotFollowIt() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("kleos-iam.yaml"), Path.of("nowhere.yaml"));

    assertThat(init("--project", "kleos-demo"))
        .isEqualTo(
            "Nothing was written: kleos-iam.yaml is there already; edit it, or name another file.\n"
                + "exit 3");
    assertThat(link).isSymbolicLink();
    assertThat(folder).isDirectoryNotContaining("glob:**nowhere.yaml");
  }

  @Test
  void init_whereAnEmptyFolderStandsBesideAPlanFile_doesNotPutTheFileOutOfUse() throws IOException {
    Files.createDirectory(folder.resolve("plans"));
    var file = Files.writeString(folder.resolve("kleos-iam.yaml"), "version: 1\n");

    assertThat(init("--project", "kleos-demo")).endsWith("exit 3");
    assertThat(file).hasContent("version: 1\n");
    assertThat(folder.resolve("plans")).isEmptyDirectory();
  }

  @Test
  void init_whereTheFolderIsThere_writesTheFileOfTheProject() throws IOException {
    Files.createDirectory(folder.resolve("plans"));

    assertThat(init("--project", "example.com:kleos"))
        .isEqualTo("Wrote plans/example.com-kleos.yaml.\nNext: kleos-iam plan\nexit 0");
    assertThat(init("--project", "example.com:kleos"))
        .isEqualTo(
            "Nothing was written: plans/example.com-kleos.yaml is there already; edit it, or name"
                + " another file.\nexit 3");
  }

  @Test
  void init_whereNoFileCanBe_saysWhyAndLeavesNothing() {
    var name = "x".repeat(300) + ".yaml";

    assertThat(init("--project", "kleos-demo", name))
        .isEqualTo(
            "Nothing was written: "
                + name
                + ": File name too long; name a file elsewhere.\nexit 1");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void init_whenInterruptedAtAQuestion_writesNothing() throws Exception {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkleos.iam.terminals=in,out,err",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kleos.iam.Main",
                "init")
            .directory(folder.toFile());
    builder.environment().keySet().removeAll(Set.of("GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT"));
    var process = builder.start();
    try {
      // A read that waits takes no notice of a test's timeout, but ends with the process.
      var silence =
          CompletableFuture.runAsync(
              process::destroyForcibly, CompletableFuture.delayedExecutor(30, SECONDS));
      var err = process.getErrorStream();
      var asked = new StringBuilder();
      while (asked.indexOf(PROMPT) < 0) {
        var next = err.read();
        assertThat(next).as(asked.toString()).isNotNegative();
        asked.append((char) next);
      }
      silence.cancel(false);

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(10, SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(new String(err.readAllBytes(), UTF_8))
          .isEqualTo("\nInterrupted: nothing was written.\n");
      assertThat(folder).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private String init(String... args) {
    var printed = new ByteArrayOutputStream();
    var words = new String[args.length + 1];
    words[0] = "init";
    System.arraycopy(args, 0, words, 1, args.length);
    var code = CommandLines.run(Unattended.in(folder, new LocalClouds(), printed, printed), words);
    return printed.toString(UTF_8) + "exit " + code;
  }
}
