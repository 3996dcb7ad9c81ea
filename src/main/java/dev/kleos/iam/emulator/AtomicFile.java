package dev.kleos.iam.emulator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/// Replaces a file so that whoever looks, even after a crash, finds the old content or the new,
/// whole.
final class AtomicFile {
  private static final int BUFFER_BYTES = 64 << 10;

  private AtomicFile() {}

  /// Puts `content` in place of the file, keeping its permissions. The caller makes sure that
  /// nobody else does so at the same time.
  static void replace(Path file, Content content) throws IOException {
    // Always of the same name, so that a crash leaves no more than one behind.
    var fresh = file.resolveSibling("." + file.getFileName() + ".kleos-iam-new");
    Files.deleteIfExists(fresh);
    try {
      write(fresh, content);
      copyPermissions(file, fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    syncFolder(file);
  }

  private static void write(Path fresh, Content content) throws IOException {
    try (var channel =
            FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var file = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
      content.writeTo(file);
      file.flush();
      channel.force(true);
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }

  /// Makes the move itself survive a power cut, where the system can; the content is safe either
  /// way.
  private static void syncFolder(Path file) {
    try (var folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Not every system opens a folder; the file is in place, so the save has not failed.
      return;
    }
  }

  /// What writes the new content.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream file) throws IOException;
  }
}
