package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.google.gson.JsonParser;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command that needs Google, where there is no way to it.
class NoCredentialsTest {
  private static final Failure FAILURE =
      Failure.of("UNAUTHENTICATED", "", "There are no credentials.", "Log in.");

  private final Clouds clouds = mock(Clouds.class);
  private final Printed out = new Printed();
  private final Printed err = new Printed();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void stage() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), "version: 1\nproject: kleos-demo\n");
    when(clouds.google(anyMap())).thenThrow(new CloudException.Unavailable(FAILURE));
  }

  @Test
  void text_saysWhatToDo_onStandardError() {
    assertThat(run("plan")).isEqualTo(ExitCode.FAILED);
    assertThat(err.text()).isEqualTo("kleos-iam: There are no credentials.\nLog in.\n");
    assertThat(out.text()).isEmpty();
  }

  @Test
  void json_isADocumentAllTheSame() {
    assertThat(run("apply", "--yes", "-o", "json")).isEqualTo(ExitCode.FAILED);

    var errors = JsonParser.parseString(out.text()).getAsJsonObject().get("errors");
    assertThat(errors)
        .isEqualTo(
            JsonParser.parseString(
                """
                [{"resource": "", "code": "UNAUTHENTICATED",
                  "message": "There are no credentials. Log in."}]
                """));
    assertThat(err.text()).isEmpty();
  }

  @Test
  void validate_connectsToNothing() {
    assertThat(run("validate")).isEqualTo(ExitCode.DONE);
    verifyNoMoreInteractions(clouds);
  }

  @Test
  void drift_triesOnce() {
    assertThat(run("drift")).isEqualTo(ExitCode.FAILED);
    verify(clouds).prepareForGoogle();
    verify(clouds).google(anyMap());
    verifyNoMoreInteractions(clouds);
  }

  private int run(String... args) {
    return CommandLines.run(Unattended.in(folder, clouds, out, err), args);
  }
}
