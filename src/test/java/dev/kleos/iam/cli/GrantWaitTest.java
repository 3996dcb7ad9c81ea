package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.emulator.CallHook;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A grant that takes longer to spread than anybody waits.
@Timeout(120)
class GrantWaitTest {
  private static final String SERVICE =
      "projects/kleos-demo/locations/us-central1/services/kleos-service";
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {}
      services:
        kleos-service: {}
      """;

  private final Emulator emulator = Emulator.start(World.demo());
  private final EmulatorServer server = EmulatorServer.start(emulator, 0);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    emulator
        .world()
        .ensureAccount("kleos-demo", "kleos-invoker@kleos-demo.iam.gserviceaccount.com");
    emulator.delayPropagation(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsNotSeenInTime_isNotSaidToWork() {
    assertThat(run("--wait=2s")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString(UTF_8))
        .contains("Granted: 1 grant added.")
        .endsWith(
            "Not seen to work yet: it is granted, and has not spread; that can take 7 minutes or"
                + " more.\nNext: kleos-iam grant kleos-invoker --service kleos-service --wait=2s\n")
        .doesNotContain("It works");
    assertThat(isGranted()).isTrue();
  }

  @Test
  void forAProgram_itIsNotEffective() {
    assertThat(run("--wait=2s", "-o", "json")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString(UTF_8)).contains("\"outcome\": \"applied\"", "\"effective\": false");
  }

  @Test
  void whereNothingWasGranted_nobodyLooked_andNothingIsSaidOfIt() {
    CallHook refusing =
        call -> {
          if (call.method().endsWith("/SetIamPolicy")) {
            throw Status.PERMISSION_DENIED.asRuntimeException();
          }
        };
    emulator.onCall(refusing);

    assertThat(run("--wait=2s", "-o", "json")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString(UTF_8))
        .contains("\"outcome\": \"failed\"")
        .doesNotContain("\"effective\"");
    assertThat(emulator.calls().count("TestIamPermissions")).isZero();
  }

  /// What only shows makes no credential, and needs none.
  @Test
  void aDryRun_makesNoToken() {
    assertThat(run("--wait=2s", "--dry-run")).isZero();

    assertThat(emulator.calls().count("GenerateAccessToken")).isZero();
    assertThat(out.toString(UTF_8)).contains("run.invoker").doesNotContain("Not seen to work");
    assertThat(isGranted()).isFalse();
  }

  @Test
  void aDryRun_forWhomNobodyHereCanBe_isRefusedAllTheSame() {
    assertThat(run("carol@example.com", "--wait", "--dry-run")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8))
        .startsWith("kleos-iam: whether it works for user:carol@example.com cannot be seen from");
    assertThat(emulator.calls().count("GenerateAccessToken")).isZero();
  }

  @Test
  void aTimeThatIsNotAttached_isNobody() {
    assertThat(run("--wait", "5s")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "kleos-iam: \"5s\" is neither an address nor an account of the plan; write --wait=5s\n");
    assertThat(emulator.calls().all()).isEmpty();
  }

  @Test
  void whoDoesNotWait_isPromisedNothing() {
    assertThat(run("--color=never")).isZero();

    assertThat(out.toString(UTF_8)).doesNotContain("It works").doesNotContain("effective");
    assertThat(emulator.calls().count("TestIamPermissions")).isZero();
  }

  @Test
  void whileWaiting_ctrlC_leavesTheGrant_andSaysSo() throws Exception {
    try (var run =
        InterruptedRun.start(
            folder,
            Map.of(EmulatorHost.VARIABLE, server.host()),
            "grant",
            "kleos-invoker",
            "--service",
            "kleos-service",
            "--wait",
            "--yes")) {
      run.awaitComplaint("Waiting until it works: ");
      run.signal("INT");

      assertThat(run.end())
          .endsWith(
              "Interrupted: it is granted, and stays so; it was not seen to work yet.\nexit 130");
      assertThat(run.printed()).contains("Granted: 1 grant added.").doesNotContain("It works");
    }
    assertThat(isGranted()).isTrue();
  }

  private boolean isGranted() {
    return emulator.world().policy(SERVICE).getBindingsCount() == 1;
  }

  private int run(String... options) {
    var args = new String[5 + options.length];
    System.arraycopy(
        new String[] {"grant", "kleos-invoker", "--service", "kleos-service", "--yes"},
        0,
        args,
        0,
        5);
    System.arraycopy(options, 0, args, 5, options.length);
    var clouds =
        new StagedClouds(
            emulator,
            _ -> {
              throw new AssertionError("no service is called");
            });
    return CommandLines.run(Unattended.in(folder, clouds, out, err), args);
  }
}
