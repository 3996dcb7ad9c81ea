package dev.kleos.iam.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// Why a file could not be read or written, in a few words to stand in brackets.
public final class DiskFailure {
  private DiskFailure() {}

  /// The reason, without the name of the file.
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in the way";
      case NoSuchFileException _ -> "no such file or folder";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
    };
  }
}
