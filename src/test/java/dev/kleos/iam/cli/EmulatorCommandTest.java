package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.StateFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `kleos-iam emulator` in this process.
@Timeout(60)
class EmulatorCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  @Test
  void interruption_endsIt_andReleasesEverything() throws Exception {
    var code = new CompletableFuture<Integer>();
    var thread =
        Thread.startVirtualThread(
            () -> code.complete(run(Terminals.NONE, "--port", "0", "--state", "state.json")));
    var port = awaitPort();

    thread.interrupt();

    assertThat(code.get()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(err.toString(UTF_8)).isEqualTo("kleos-iam: interrupted\n");
    listen(port).close();
    listen(port + 1).close();
    StateFile.open(folder.resolve("state.json")).close();
  }

  @Test
  void terminal_learnsWhatBecomesOfTheWorld() throws Exception {
    var thread =
        Thread.startVirtualThread(() -> run(new Terminals(true, true, true), "--port", "0"));
    awaitPort();
    while (err.size() == 0) {
      Thread.sleep(1);
    }
    thread.interrupt();
    thread.join();

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            Its world is forgotten when it stops; --state FILE keeps it. Ctrl-C stops it.
            kleos-iam: interrupted
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void takenPort_isNamed_andTheStateIsReleased(int which) throws Exception {
    try (var taken = listen(0)) {
      var port = taken.getLocalPort() - which;

      var code = run(Terminals.NONE, "--port", Integer.toString(port), "--state", "state.json");

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(out.size()).isZero();
      assertThat(err.toString(UTF_8))
          .isEqualTo(
              "kleos-iam: cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": Address already in use; end what uses the port, or take another pair with"
                  + " --port (0: any free pair)\n");
      StateFile.open(folder.resolve("state.json")).close();
    }
  }

  private int awaitPort() throws InterruptedException {
    while (!out.toString(UTF_8).contains("export ")) {
      Thread.sleep(1);
    }
    return Integer.parseInt(
        out.toString(UTF_8).lines().findFirst().orElseThrow().replaceFirst(".*:", ""));
  }

  private int run(Terminals terminals, String... options) {
    var args = new String[options.length + 1];
    args[0] = "emulator";
    System.arraycopy(options, 0, args, 1, options.length);
    return CommandLines.run(
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            folder,
            terminals,
            InstantSource.system(),
            mock(Clouds.class)),
        args);
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
