package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantCommandTest {
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      services:
        kleos-service:
          invokers: [user:alice@example.com]
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
  }

  @Test
  void grant_whenInterruptedAtTheQuestion_changesNothing() throws Exception {
    var rest =
        InterruptedRun.at(
            "anything else to stop: ",
            folder,
            "grant",
            "carol@example.com",
            "--service",
            "kleos-service",
            "--emulator",
            "--emulator-state",
            "s.json");

    assertThat(rest).isEqualTo("\nInterrupted: nothing was changed.\nexit 130");
    assertThat(folder.resolve("kleos-iam.yaml")).hasContent(PLAN);
    assertThat(run("grant", "carol@example.com", "--service", "kleos-service", "--dry-run"))
        .contains("+ user:carol@example.com");
  }

  @Test
  void whoIsLetCallAServiceOfGoogles_isToldHow() {
    try (var scene = new Scene(folder, true)) {
      scene.plan(PLAN);
      scene.start();

      var said =
          scene.runAsAdmin(
              Surroundings.Terminals.NONE,
              List.of("grant", "carol@example.com", "--service", "kleos-service", "--yes"));

      assertThat(said.out())
          .containsPattern(
              "Then carol@example.com runs:\n  curl -H \"Authorization: Bearer \\$\\(gcloud auth"
                  + " print-identity-token\\)\" https://kleos-service-[a-z0-9]+-uc\\.a\\.run\\.app");
    }
  }

  @Test
  void untilAndFor_together_areAUsageError() {
    assertThat(
            run(
                "grant",
                "carol@example.com",
                "--until",
                "2099-01-31",
                "--for",
                "8h",
                "--service=x"))
        .isEqualTo("kleos-iam: --until and --for say the same; keep one of them\nexit 64");
  }

  @Test
  void grant_ofNobody_isAUsageError() {
    assertThat(run("grant"))
        .isEqualTo(
            "kleos-iam: Missing required parameter: 'PRINCIPAL'\n"
                + "Help: kleos-iam grant --help\nexit 64");
  }

  @Test
  void accountAndService_together_areAUsageError() {
    assertThat(run("grant", "carol@example.com", "--account", "a", "--service", "b"))
        .isEqualTo("kleos-iam: --account and --service are two things; keep one of them\nexit 64");
  }

  private String run(String... args) {
    var words = new String[args.length + 3];
    System.arraycopy(args, 0, words, 0, args.length);
    words[args.length] = "--emulator";
    words[args.length + 1] = "--emulator-state";
    words[args.length + 2] = "s.json";
    var printed = new ByteArrayOutputStream();
    var code = CommandLines.run(Unattended.in(folder, new LocalClouds(), printed, printed), words);
    return printed.toString(UTF_8) + "exit " + code;
  }
}
