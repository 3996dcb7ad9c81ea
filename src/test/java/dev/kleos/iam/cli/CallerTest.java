package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.gson.JsonParser;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first line, where the Application Default Credentials are what a file holds. The plan asks
/// for nothing, so that nobody is called.
class CallerTest {
  private static final String ADMIN = "kleos-admin@kleos-demo.iam.gserviceaccount.com";
  private static final String CI = "ci@kleos-demo.iam.gserviceaccount.com";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), "version: 1\nproject: kleos-demo\n");
  }

  @Test
  void apply_withALoginOfGcloud_opensWithIt() throws Exception {
    CredentialFiles.write(
        folder.resolve(".config/gcloud/application_default_credentials.json"),
        CredentialFiles.login());

    assertThat(run(null, "apply", "--yes", "-v"))
        .isEqualTo(
            """
            Project kleos-demo on Google Cloud by a user login \
            (~/.config/gcloud/application_default_credentials.json)

            No changes: all that the plan asks for is in place.  0 API calls (0 reads, 0 writes)
            exit 0\
            """);
  }

  @Test
  void plan_withAFileOfTheVariable_opensWithTheWholeChain() throws Exception {
    assertThat(run(chain(), "plan"))
        .startsWith(
            "Project kleos-demo on Google Cloud as "
                + ADMIN
                + ", impersonated through "
                + CI
                + " by a user login (~/chain.json)\n\n");
  }

  @Test
  void json_namesTheCallerToo() throws Exception {
    var printed = run(chain(), "plan", "-o", "json").replace("exit 0", "");

    assertThat(JsonParser.parseString(printed).getAsJsonObject().get("caller"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"email": "%s", "credential": "userLogin", "source": "~/chain.json",
                 "impersonates": ["%s", "%s"]}
                """
                    .formatted(ADMIN, ADMIN, CI)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "apply",
        "drift",
        "doctor --service us-central1/kleos-service",
        "grant carol@example.com --service kleos-service",
        "revoke carol@example.com"
      })
  void theFirstLine_isThereBeforeAnythingIsRead(String command) throws Exception {
    Files.writeString(
        folder.resolve("kleos-iam.yaml"),
        "version: 1\nproject: kleos-demo\nregion: us-central1\nservices: {kleos-service: {}}\n");
    var out = new Printed();
    var shown = new ConcurrentLinkedQueue<String>();
    try (var emulator = Emulator.start(World.demo())) {
      emulator.onCall(_ -> shown.add(out.text()));
      var clouds = mock(Clouds.class);
      when(clouds.google(anyMap())).thenReturn(GoogleCloud.over(emulator.channelBuilder()));

      when(clouds.googleAsOneself(anyMap()))
          .thenReturn(GoogleCloud.over(emulator.channelBuilder()));

      CommandLines.run(Unattended.in(folder, clouds, out, out), command.split(" ", -1));
    }

    assertThat(shown.peek()).isEqualTo("Project kleos-demo on Google Cloud\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "token --service kleos-service", "invoke kleos-service"})
  void whoeverWatches_isToldOfTheCall_beforeItIsMade(String command) throws Exception {
    Files.writeString(
        folder.resolve("kleos-iam.yaml"),
        """
        version: 1
        project: kleos-demo
        region: us-central1
        serviceAccounts: {kleos-invoker: {}}
        services: {kleos-service: {}}
        """);
    var out = new Printed();
    var err = new Printed();
    var shown = new ConcurrentLinkedQueue<String>();
    try (var emulator = Emulator.start(World.demo())) {
      emulator.onCall(_ -> shown.add(err.text()));
      var clouds = mock(Clouds.class);
      when(clouds.googleAsOneself(anyMap()))
          .thenReturn(GoogleCloud.over(emulator.channelBuilder()));

      CommandLines.run(
          Unattended.in(folder, clouds, out, err, new Terminals(false, false, true)),
          command.split(" ", -1));
    }

    assertThat(shown.peek()).endsWith("Asking Google Cloud …");
  }

  private Path chain() throws IOException {
    var content = CredentialFiles.impersonating(ADMIN, "[\"" + CI + "\"]", CredentialFiles.login());
    return CredentialFiles.write(folder.resolve("chain.json"), content);
  }

  /// All that is printed on both streams, and the exit code.
  private String run(@Nullable Path variable, String... args) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kleos.iam.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var env = builder.environment();
    env.keySet().removeAll(Set.of("CLOUDSDK_CONFIG", "GOOGLE_APPLICATION_CREDENTIALS"));
    env.keySet().removeAll(Set.of("KLEOS_IAM_EMULATOR_HOST", "KLEOS_IAM_EMULATOR_TOKEN"));
    env.put("HOME", folder.toRealPath().toString());
    if (variable != null) {
      env.put("GOOGLE_APPLICATION_CREDENTIALS", variable.toRealPath().toString());
    }
    var process = builder.start();
    try {
      var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, SECONDS)).isTrue();
      assertThat(printed).doesNotContain(CredentialFiles.SECRETS);
      return printed + "exit " + process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
