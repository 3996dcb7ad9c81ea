package dev.kleos.iam.session;

import dev.kleos.iam.disk.FreshFile;
import dev.kleos.iam.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A file and what it shall become: replaced as a whole or not at all, and with the permissions
/// that it has. Where a symbolic link stands in its place, it stays one.
///
/// @param file absolute
/// @param before its content; empty where there is no such file
/// @param after empty where there shall be none
record FileChange(Path file, Optional<byte[]> before, Optional<byte[]> after) {
  /// The change of a file as it is now.
  static FileChange of(Path file, byte[] after) throws IOException {
    return new FileChange(file, read(file), Optional.of(after));
  }

  static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// As it is written down; empty where nothing is left.
  String written() {
    return after.map(FileChange::digest).orElse("");
  }

  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Makes it.
  void make() throws IOException {
    if (after.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    new LocalDisk().makeFolders(file.resolveSibling(".").normalize());
    try (var fresh = FreshFile.beside(real())) {
      fresh.write(after.get());
      fresh.takePlace();
    }
  }

  /// Removes what was left of a change that a crash cut short.
  void sweep() throws IOException {
    FreshFile.sweep(real());
  }

  private Path real() throws IOException {
    return Files.exists(file) ? file.toRealPath() : file;
  }
}
