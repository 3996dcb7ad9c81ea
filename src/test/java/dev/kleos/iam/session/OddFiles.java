package dev.kleos.iam.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// What can stand where a file of settings is expected, and is none.
final class OddFiles {
  private OddFiles() {}

  /// A pipe that nobody writes to: whoever opens it waits.
  static Path pipe(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor();
    return file;
  }

  /// A link to itself.
  static Path circle(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.createSymbolicLink(file, file);
  }

  /// Lets nobody into a folder, or into a file, but root.
  static Path closed(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
  }
}
