package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    var rest = InterruptedRun.at(PROMPT, folder, "init");

    assertThat(rest).isEqualTo("\nInterrupted: nothing was written.\nexit 130");
    assertThat(folder).isEmptyDirectory();
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
