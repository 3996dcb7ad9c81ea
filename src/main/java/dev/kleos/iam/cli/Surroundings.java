package dev.kleos.iam.cli;

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
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> env,
    Path directory,
    Terminals terminals,
    InstantSource clock,
    Clouds clouds) {
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

  /// Which streams are terminals.
  public record Terminals(boolean in, boolean out, boolean err) {
    /// Nobody is watching: a script, a pipe, CI.
    public static final Terminals NONE = new Terminals(false, false, false);

    /// Whether a person sees a question on standard error and can answer it.
    boolean canAsk() {
      return in && err;
    }
  }
}
