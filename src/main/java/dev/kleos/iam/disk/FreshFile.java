package dev.kleos.iam.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file's next content, in a file of its own until it takes the other's place.
///
/// Its name is hidden and ends in nothing of a plan's, so that nobody who reads the folder takes it
/// for one; and always the same, so that a crash leaves no more than one behind, until the next
/// save.
public final class FreshFile implements AutoCloseable {
  private static final FileAttribute<?>[] PRIVATE = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private final Path replaced;
  private final Path path;
  private boolean isInPlace;

  private FreshFile(Path replaced, Path path) {
    this.replaced = replaced;
    this.path = path;
  }

  /// One in the same folder; nothing is written yet.
  ///
  /// @param file what is to be replaced, which nobody else replaces meanwhile; where there is none,
  ///   what is made is its owner's alone
  public static FreshFile beside(Path file) {
    return new FreshFile(file, hidden(file));
  }

  /// Removes what a crash has left beside a file.
  public static void sweep(Path file) throws IOException {
    Files.deleteIfExists(hidden(file));
  }

  private static Path hidden(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".kleos-iam-new");
  }

  /// Writes the content, down to the disk.
  public void write(byte[] content) throws IOException {
    Files.deleteIfExists(path);
    var posix = Files.getFileAttributeView(replaced, PosixFileAttributeView.class) != null;
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(path, options, posix ? PRIVATE : new FileAttribute<?>[0])) {
      if (posix && Files.exists(replaced)) {
        copyAttributes();
      }
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Puts it in place of the file: whoever looks finds the old content or the new, whole.
  public void takePlace() throws IOException {
    Files.move(path, replaced, StandardCopyOption.ATOMIC_MOVE);
    isInPlace = true;
    syncFolder();
  }

  /// Removes it, unless it has taken the other's place: then its name may be another's already.
  @Override
  public void close() throws IOException {
    if (!isInPlace) {
      Files.deleteIfExists(path);
    }
  }

  /// The permissions come last: a change of owner may take some away.
  private void copyAttributes() throws IOException {
    var from = Files.getFileAttributeView(replaced, PosixFileAttributeView.class).readAttributes();
    var to = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    var now = to.readAttributes();
    if (!now.group().equals(from.group())) {
      asFarAsAllowed(() -> to.setGroup(from.group()));
    }
    if (!now.owner().equals(from.owner())) {
      asFarAsAllowed(() -> to.setOwner(from.owner()));
    }
    to.setPermissions(from.permissions());
  }

  private static void asFarAsAllowed(Setting setting) {
    try {
      setting.apply();
    } catch (IOException e) {
      // Only root may give a file away; the content is what counts.
      return;
    }
  }

  /// Makes the move itself survive a power cut, where the system can; the content is safe either
  /// way.
  private void syncFolder() {
    try (var folder = FileChannel.open(replaced.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Not every system opens a folder; the file is in place, so the save has not failed.
      return;
    }
  }

  @FunctionalInterface
  private interface Setting {
    void apply() throws IOException;
  }
}
