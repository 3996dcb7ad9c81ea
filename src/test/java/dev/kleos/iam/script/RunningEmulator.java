package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.Surroundings;
import dev.kleos.iam.cli.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `kleos-iam emulator` in the background of a script, until this is closed.
///
/// Scripts speak of the ports 8085 and 8086. Those may be taken here, so a free pair stands in for
/// them, also in what is printed.
final class RunningEmulator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern READY = Pattern.compile("export \\S+:(\\d+)\n");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Thread thread;
  private int port;

  private RunningEmulator(List<String> args, Path folder) {
    var surroundings =
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            folder,
            Terminals.NONE,
            InstantSource.system(),
            new ScriptClouds(folder));
    this.thread =
        Thread.ofVirtual()
            .unstarted(() -> CommandLines.run(surroundings, args.toArray(String[]::new)));
  }

  /// Starts one; it listens when this returns.
  static RunningEmulator start(List<String> args, Path folder) {
    var running = new RunningEmulator(args, folder);
    running.thread.start();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var ready = READY.matcher(running.out.toString(UTF_8));
      if (ready.find()) {
        running.port = Integer.parseInt(ready.group(1));
        return running;
      }
      Thread.onSpinWait();
    }
    running.close();
    throw new AssertionError("the emulator did not start: " + running.printed());
  }

  /// Where it is, for `KLEOS_IAM_EMULATOR_HOST`.
  String host() {
    return "127.0.0.1:" + port;
  }

  /// What it printed so far.
  String printed() {
    var complaints = err.toString(UTF_8);
    return out.toString(UTF_8) + (complaints.isEmpty() ? "" : "[stderr]\n" + complaints);
  }

  /// A text of the script, with the ports that are used here.
  String real(String text) {
    return text.replace("127.0.0.1:8085", "127.0.0.1:" + port);
  }

  /// A text of a command, with the ports of the script.
  String scripted(String text) {
    return text.replace("127.0.0.1:" + port, "127.0.0.1:8085")
        .replace("127.0.0.1:" + (port + 1), "127.0.0.1:8086");
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
