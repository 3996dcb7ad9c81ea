package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.StateFile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kleos-iam emulator` in this process.
@Timeout(60)
class EmulatorCommandTest {
  private static final Pattern LAST_LINE = Pattern.compile("export \\S+:(\\d+)\n");

  private final Printed out = new Printed();
  private final Printed err = new Printed();

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
    assertThat(err.text()).isEqualTo("kleos-iam: interrupted\n");
    assertReleased(port);
    assertReleased(port + 1);
    StateFile.open(folder.resolve("state.json")).close();
  }

  @Test
  void terminal_learnsWhatBecomesOfTheWorld() throws Exception {
    var thread =
        Thread.startVirtualThread(() -> run(new Terminals(true, true, true), "--port", "0"));
    awaitPort();
    err.await(Pattern.compile("\n"));
    thread.interrupt();
    thread.join();

    assertThat(err.text())
        .isEqualTo(
            """
            Its world is forgotten when it stops; --state FILE keeps it. Ctrl-C stops it.
            kleos-iam: interrupted
            """);
  }

  @Test
  void takenPort_isNamed_andTheStateIsReleased() throws Exception {
    try (var taken = listen(0)) {
      var port = Integer.toString(taken.getLocalPort());

      var code = run(Terminals.NONE, "--port", port, "--state", "state.json");

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(out.text()).isEmpty();
      assertThat(err.text())
          .isEqualTo(
              "kleos-iam: cannot listen on 127.0.0.1:"
                  + port
                  + ": Address already in use; end what uses the port, or take another pair with"
                  + " --port (0: any free pair)\n");
      StateFile.open(folder.resolve("state.json")).close();
    }
  }

  private int awaitPort() throws InterruptedException {
    return Integer.parseInt(out.await(LAST_LINE).group(1));
  }

  private int run(Terminals terminals, String... options) {
    var args = new String[options.length + 1];
    args[0] = "emulator";
    System.arraycopy(options, 0, args, 1, options.length);
    return CommandLines.run(Unattended.in(folder, mock(Clouds.class), out, err, terminals), args);
  }

  /// Another test may be given the port at once, and gives it back after a while.
  private static void assertReleased(int port) throws InterruptedException, IOException {
    for (var tries = 1; ; tries++) {
      try (var socket = listen(port)) {
        assertThat(socket.isBound()).isTrue();
        return;
      } catch (BindException e) {
        if (tries == 40) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
