package dev.kleos.iam.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs programs that the user names.
public interface Programs {
  /// Runs one to its end, at the terminal and on the streams of this one.
  ///
  /// @param command the program, looked for as a shell does, and its arguments
  /// @param env all its variables
  /// @return how it ended: its exit code, or 128 and the number of the signal that ended it
  /// @throws NotStartedException where it could not be run
  int run(List<String> command, Map<String, String> env, Path directory)
      throws InterruptedException;

  /// A program that could not be run.
  final class NotStartedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /// @param exitCode as shells have it: 127 where it is not found, else 126
    public NotStartedException(String message, int exitCode, Throwable cause) {
      super(message, cause);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }
}
