package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.google.gson.JsonParser;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command that needs Google, where there is no way to it.
class NoCredentialsTest {
  private static final Failure FAILURE =
      Failure.of("UNAUTHENTICATED", "", "There are no credentials.", "Log in.");

  private final Clouds clouds = mock(Clouds.class);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void stage() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), "version: 1\nproject: kleos-demo\n");
    when(clouds.google()).thenThrow(new CloudException.Unavailable(FAILURE));
  }

  @Test
  void text_saysWhatToDo_onStandardError() {
    assertThat(run("plan")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).isEqualTo("kleos-iam: There are no credentials.\nLog in.\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void json_isADocumentAllTheSame() {
    assertThat(run("apply", "--yes", "-o", "json")).isEqualTo(ExitCode.FAILED);

    var errors = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject().get("errors");
    assertThat(errors)
        .isEqualTo(
            JsonParser.parseString(
                """
                [{"resource": "", "code": "UNAUTHENTICATED",
                  "message": "There are no credentials. Log in."}]
                """));
    assertThat(err.size()).isZero();
  }

  @Test
  void validate_connectsToNothing() {
    assertThat(run("validate")).isEqualTo(ExitCode.DONE);
    verifyNoMoreInteractions(clouds);
  }

  @Test
  void drift_triesOnce() {
    assertThat(run("drift")).isEqualTo(ExitCode.FAILED);
    verify(clouds).google();
    verifyNoMoreInteractions(clouds);
  }

  private int run(String... args) {
    return CommandLines.run(
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            folder,
            Terminals.NONE,
            InstantSource.system(),
            clouds),
        args);
  }
}
