package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// Why a file operation failed, in words; Java's own message is often no more than the path.
final class Reason {
  private Reason() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileSystemException failure ->
          Objects.requireNonNullElse(failure.getReason(), failure.toString());
      default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
    };
  }
}
