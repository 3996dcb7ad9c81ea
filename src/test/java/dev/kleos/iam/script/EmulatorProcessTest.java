package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `kleos-iam emulator` as a process: how it starts, how it ends, and what is left then.
@Timeout(120)
class EmulatorProcessTest {
  @TempDir private static Path root = Path.of("");
  private static Installed installed = new Installed(Path.of(""), Path.of(""));

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void install() throws IOException {
    installed = Installed.in(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void emulator_whenToldToStop_endsWell_andLeavesNothingTaken(String signal) throws Exception {
    var state = folder.resolve("state.json").toString();
    try (var emulator = EmulatorProcess.start(installed, "--state", state)) {
      var port = emulator.port();
      assertThat(emulator.out().readLine()).isEqualTo("gRPC on 127.0.0.1:" + (port + 1));
      assertThat(emulator.out().readLine())
          .isEqualTo("export KLEOS_IAM_EMULATOR_HOST=127.0.0.1:" + port);

      emulator.signal(signal);

      assertThat(emulator.exitCode()).isZero();
      assertThat(emulator.out().readLine()).isNull();
      assertThat(emulator.complaints()).isEqualTo("kleos-iam emulator stopped\n");
      listen(port).close();
      listen(port + 1).close();
    }
    try (var next = EmulatorProcess.start(installed, "--state", state)) {
      assertThat(next.process().isAlive()).isTrue();
    }
  }

  /// The library would print a stack trace, and what was sent, which may be somebody's secret.
  @Test
  void emulator_sentWhatIsNoGrpc_saysNothingOfIt() throws Exception {
    try (var emulator = EmulatorProcess.start(installed)) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), emulator.port() + 1)) {
        socket.getOutputStream().write("GET /?token=hush HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      }
      emulator.signal("TERM");

      assertThat(emulator.exitCode()).isZero();
      assertThat(emulator.complaints()).isEqualTo("kleos-iam emulator stopped\n");
    }
  }

  @Test
  void emulator_whoseOutputNobodyReads_goesOn() throws Exception {
    var port = freePair();
    var command = new String[] {installed.launcher(), "emulator", "--port", Integer.toString(port)};
    var process = installed.builder(Map.of(), command).start();
    try {
      process.getInputStream().close();
      awaitListener(port + 1);
      var before = cpu(process);
      Thread.sleep(Duration.ofSeconds(1));

      assertThat(cpu(process).minus(before)).isLessThan(Duration.ofMillis(500));
      process.destroy();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void emulator_killedWhileItWrites_hasKeptAllThatItAcknowledged() throws Exception {
    var state = folder.resolve("state.json").toString();
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (var emulator = EmulatorProcess.start(installed, "--state", state)) {
      var channel = channel(emulator.port());
      var writers = new ArrayList<Thread>();
      for (var i = 0; i < 4; i++) {
        var prefix = "writer-" + i + "-";
        writers.add(Thread.startVirtualThread(() -> create(channel, prefix, acknowledged)));
      }
      while (acknowledged.size() < 100) {
        Thread.sleep(1);
      }
      emulator.signal("KILL");
      for (var writer : writers) {
        writer.join();
      }
      channel.shutdownNow();
      assertThat(emulator.exitCode()).isEqualTo(137);
    }

    try (var emulator = EmulatorProcess.start(installed, "--state", state)) {
      var channel = channel(emulator.port());
      var iam = IAMGrpc.newBlockingStub(channel);
      for (var email : acknowledged) {
        var name = "projects/kleos-demo/serviceAccounts/" + email;
        var found =
            iam.getServiceAccount(GetServiceAccountRequest.newBuilder().setName(name).build());
        assertThat(found.getEmail()).isEqualTo(email);
      }
      channel.shutdownNow();
    }
  }

  @Test
  void secondEmulator_onTheSameState_isRefused() throws Exception {
    var state = folder.toRealPath().resolve("state.json").toString();
    try (var _ = EmulatorProcess.start(installed, "--state", state)) {
      var answer =
          installed.run(
              Map.of(), installed.launcher(), "emulator", "--port", "0", "--state", state);

      assertThat(answer.output())
          .isEqualTo(
              "kleos-iam: "
                  + state
                  + ": another process uses this state file; end it, or use another file (where that"
                  + " process is kleos-iam emulator, KLEOS_IAM_EMULATOR_HOST leads to it)\n");
      assertThat(answer.code()).isEqualTo(1);
    }
  }

  @Test
  void emulator_whoseWorldDoesNotFitIntoMemory_saysSo() throws Exception {
    var world = folder.resolve("world.json");
    Files.writeString(world, "{\"kleosIamEmulator\": 1, \"x\": [" + "0,".repeat(5_000_000) + "0]}");

    var small = Installed.variant("small", folder);
    Files.writeString(small.home().resolve("lib/java.options"), "\n-Xmx100m\n", APPEND);

    var answer =
        small.run(
            Map.of(), small.launcher(), "emulator", "--port", "0", "--world", world.toString());

    assertThat(answer.output())
        .endsWith(
            "kleos-iam: "
                + world
                + ": takes more memory than there is for this program; use a smaller file\n")
        .doesNotContain("\tat ");
    assertThat(answer.code()).isEqualTo(1);
  }

  @Test
  void command_ledToAnEmulator_opensNoCredentials_andUsesNoProxy() throws Exception {
    var plan = Path.of("plans/kleos.yaml").toAbsolutePath().toString();
    var broken = Files.writeString(folder.resolve("broken.json"), "{bad");
    var real =
        Files.writeString(
            folder.resolve("real.json"),
            """
            {"type": "authorized_user", "client_id": "id", "client_secret": "hush",
             "refresh_token": "hush", "quota_project_id": "quota-project"}
            """);
    try (var emulator = new ListeningEmulator()) {
      var host = Map.of("KLEOS_IAM_EMULATOR_HOST", emulator.host());
      var plain = installed.run(host, installed.launcher(), "plan", plan);
      assertThat(plain.output()).startsWith("Project kleos-demo on the emulator at 127.0.0.1:");
      assertThat(plain.code()).isZero();

      for (var file : List.of(broken, real, folder.resolve("none.json"))) {
        var env =
            Map.of(
                "KLEOS_IAM_EMULATOR_HOST",
                emulator.host(),
                "GOOGLE_APPLICATION_CREDENTIALS",
                file.toString(),
                "GOOGLE_CLOUD_QUOTA_PROJECT",
                "quota-project",
                "JAVA_TOOL_OPTIONS",
                "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1 -Dhttp.nonProxyHosts=");
        var answer = installed.run(env, installed.launcher(), "plan", plan);
        assertThat(answer.output()).endsWith(plain.output());
        assertThat(answer.code()).isZero();
      }

      assertThat(emulator.headers())
          .hasSize(12)
          .allSatisfy(headers ->
              assertThat(headers)
                  .containsEntry("authorization", "Bearer operator")
                  .doesNotContainKey("x-goog-user-project")
                  .satisfies(
                      all -> assertThat(all.toString()).doesNotContain("hush", "quota-project")));
    }
  }

  @Test
  void caller_isToldByTheVariable() throws Exception {
    var plan = Path.of("plans/kleos.yaml").toAbsolutePath().toString();
    try (var emulator = new ListeningEmulator()) {
      for (var token : List.of("alice@example.com", "kleos-emulator.eyJh.bc_-")) {
        var env =
            Map.of("KLEOS_IAM_EMULATOR_HOST", emulator.host(), "KLEOS_IAM_EMULATOR_TOKEN", token);
        installed.run(env, installed.launcher(), "plan", plan); // whatever that caller may see

        assertThat(emulator.headers().getLast()).containsEntry("authorization", "Bearer " + token);
      }
    }
  }

  private static void create(ManagedChannel channel, String prefix, Set<String> acknowledged) {
    var iam = IAMGrpc.newBlockingStub(channel);
    try {
      for (var i = 0; ; i++) {
        var request =
            CreateServiceAccountRequest.newBuilder()
                .setName("projects/kleos-demo")
                .setAccountId(prefix + i)
                .build();
        acknowledged.add(iam.createServiceAccount(request).getEmail());
      }
    } catch (StatusRuntimeException e) {
      // It was killed.
    }
  }

  private static ManagedChannel channel(int port) {
    return OkHttpChannelBuilder.forAddress(
            "127.0.0.1", port + 1, InsecureChannelCredentials.create())
        .build();
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void awaitListener(int port) throws InterruptedException {
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
  }

  private static int freePair() throws IOException {
    while (true) {
      try (var one = listen(0);
          var _ = listen(one.getLocalPort() + 1)) {
        return one.getLocalPort();
      } catch (IOException e) {
        // The next one was taken.
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
