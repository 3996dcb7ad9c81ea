package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cli.Surroundings.Terminals;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// The surroundings of a run in this process that nobody watches: no input, no variables, no
/// terminals.
public final class Unattended {
  /// None is run.
  public static final Programs NO_PROGRAMS =
      (command, _, _) -> {
        throw new AssertionError("not to be run: " + command);
      };

  private Unattended() {}

  public static Surroundings in(Path folder, Clouds clouds, OutputStream out, OutputStream err) {
    return in(folder, clouds, out, err, Terminals.NONE);
  }

  /// The same, but for who is at the terminals.
  static Surroundings in(
      Path folder, Clouds clouds, OutputStream out, OutputStream err, Terminals terminals) {
    return new Surroundings(
        InputStream.nullInputStream(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Map.of("XDG_STATE_HOME", folder.resolve(".state").toAbsolutePath().toString()),
        folder,
        terminals,
        InstantSource.system(),
        clouds,
        Unattended.NO_PROGRAMS);
  }
}
