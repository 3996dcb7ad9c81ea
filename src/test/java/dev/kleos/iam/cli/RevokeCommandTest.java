package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevokeCommandTest {
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      services:
        kleos-service:
          invokers: [user:alice@example.com, user:bob@example.com]
      """;

  @TempDir private Path folder = Path.of("");
  private final Emulator emulator = Emulator.start(World.demo());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void apply() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    assertThat(run("apply", "--yes")).isZero();
    out.reset();
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void whatCouldNotBeLookedAt_isSaid_andIsAFailure() {
    hideTheProjectsPolicy();

    assertThat(run("revoke", "bob@example.com", "--yes")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString(UTF_8))
        .contains("Revoked: 1 grant REMOVED.")
        .contains("Not looked at: projects/kleos-demo, which may hold more.");
  }

  @Test
  void whatCouldNotBeLookedAt_isAnErrorOfTheDocument() {
    hideTheProjectsPolicy();

    assertThat(run("revoke", "bob@example.com", "--yes", "-o", "json")).isEqualTo(ExitCode.FAILED);

    var document = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject();
    assertThat(document.getAsJsonArray("errors"))
        .extracting(error -> error.getAsJsonObject().get("resource").getAsString())
        .containsExactly("projects/kleos-demo");
    assertThat(document.getAsJsonArray("remaining")).isEmpty();
  }

  @Test
  void aLineThatIsLeft_isSaid_withWhatTheNextApplyDoes() throws IOException {
    assertThat(run("revoke", "bob@example.com", "--yes", "--no-save")).isZero();

    assertThat(out.toString(UTF_8))
        .contains(
            "Still in the plan file: user:bob@example.com (kleos-iam.yaml:6); the next apply"
                + " grants it again.");
    assertThat(folder.resolve("kleos-iam.yaml")).hasContent(PLAN);
  }

  @Test
  void ofSeveral_whoWasNeverThere_isNamed() {
    assertThat(run("revoke", "bob@example.com", "nobody@example.com", "--yes")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("user:nobody@example.com has nothing here by the plan's roles, and no line.");
  }

  private void hideTheProjectsPolicy() {
    emulator.onCall(call -> {
      if (call.is("GetIamPolicy") && call.resource().equals("projects/kleos-demo")) {
        throw Status.PERMISSION_DENIED.withDescription("hidden").asRuntimeException();
      }
    });
  }

  private int run(String... args) {
    var surroundings = Unattended.in(folder, new Emulated(), out, OutputStream.nullOutputStream());
    return CommandLines.run(surroundings, args);
  }

  /// Google, played by the emulator of this test.
  private final class Emulated implements Clouds {
    @Override
    public Cloud google(Map<String, String> env) {
      return GoogleCloud.over(emulator.channelBuilder());
    }

    @Override
    public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
      throw new IllegalStateException();
    }

    @Override
    public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
      throw new IllegalStateException();
    }
  }
}
