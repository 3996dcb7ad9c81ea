package dev.kleos.iam.script;

import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.Printed;
import dev.kleos.iam.cli.Unattended;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// `kleos-iam emulator` in the background of a script, until this is closed.
///
/// Scripts speak of the ports 8085 and 8086. Those may be taken here, so a free pair stands in for
/// them, also in what is printed.
final class RunningEmulator implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("export \\S+:(\\d+)\n");

  private final Printed out = new Printed();
  private final Printed err = new Printed();
  private final Thread thread;
  private int port;

  private RunningEmulator(List<String> args, Path folder) {
    var surroundings = Unattended.in(folder, new ScriptClouds(folder), out, err);
    this.thread =
        Thread.ofVirtual()
            .unstarted(() -> CommandLines.run(surroundings, args.toArray(String[]::new)));
  }

  /// Starts one; it listens when this returns.
  static RunningEmulator start(List<String> args, Path folder) {
    var running = new RunningEmulator(args, folder);
    running.thread.start();
    try {
      running.port = Integer.parseInt(running.out.await(READY).group(1));
      return running;
    } catch (AssertionError | InterruptedException e) {
      running.close();
      throw new AssertionError("the emulator did not start: " + running.printed(), e);
    }
  }

  /// Where it is, for `KLEOS_IAM_EMULATOR_HOST`.
  String host() {
    return "127.0.0.1:" + port;
  }

  /// What it printed so far.
  String printed() {
    var complaints = err.text();
    return out.text() + (complaints.isEmpty() ? "" : "[stderr]\n" + complaints);
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
