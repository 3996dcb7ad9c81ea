package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything around a run that a test may want to play.
///
/// @param directory what relative file names are relative to
/// @param terminals which of the three streams a person is at
/// @param clouds what the commands talk to
/// @param programs what runs the programs that a command is to run
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> env,
    Path directory,
    Terminals terminals,
    InstantSource clock,
    Clouds clouds,
    Programs programs) {
  public Surroundings {
    env = Map.copyOf(env);
  }

  /// The project that the environment names, as Google's own tools read it.
  Optional<String> project() {
    return Stream.of("GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT")
        .map(name -> env.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /// A plain screen on standard output.
  Screen screen() {
    return new Screen(out, false, terminals.out() ? terminals.columns() : 0);
  }

  /// A plain screen on standard error.
  Screen errors() {
    return new Screen(err, false, terminals.err() ? terminals.columns() : 0);
  }

  /// Which streams are terminals.
  ///
  /// @param columns their width in characters; 0 where it is not known
  public record Terminals(boolean in, boolean out, boolean err, int columns) {
    /// Nobody is watching: a script, a pipe, CI.
    public static final Terminals NONE = new Terminals(false, false, false);

    /// Terminals of unknown width.
    public Terminals(boolean in, boolean out, boolean err) {
      this(in, out, err, 0);
    }

    /// Whether a person sees a question on standard error and can answer it.
    boolean canAsk() {
      return in && err;
    }
  }
}
