package dev.kleos.iam.session;

import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.disk.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/// A credential file for one program, and for as long as it runs. It lies in a folder of its own,
/// which only its owner may enter, with a lock that ends with this process however that ends; so
/// whatever is left by one that was killed is known as such, and [#sweep] removes it.
public final class TemporaryCredential implements AutoCloseable {
  private static final String LOCK = "running";
  private static final String FRESH = ".new-";

  /// How long a folder may be without a lock while it is made.
  private static final Duration MAKING = Duration.ofMinutes(1);

  private final Path folder;
  private final Disk.Held held;

  private TemporaryCredential(Path folder, Disk.Held held) {
    this.folder = folder;
    this.held = held;
  }

  /// Makes the folder, with nothing in it but its lock; it appears under its name when that is
  /// held.
  ///
  /// @param below where such folders are kept
  /// @throws IOException where it cannot be written; nothing is left then
  public static TemporaryCredential make(Path below) throws IOException {
    var disk = new LocalDisk();
    var name = ProcessHandle.current().pid() + "-" + System.nanoTime();
    var fresh = below.resolve(FRESH + name);
    disk.makeFolders(below);
    if (!disk.makeFolder(fresh)) {
      throw new FileAlreadyExistsException(fresh.toString());
    }
    try {
      var held = disk.hold(fresh.resolve(LOCK));
      disk.rename(fresh, below.resolve(name));
      return new TemporaryCredential(below.resolve(name), held);
    } catch (IOException e) {
      delete(fresh);
      throw e;
    }
  }

  /// Removes what processes left that are gone. What cannot be removed stays, and nothing is said:
  /// whoever sweeps has come for something else.
  ///
  /// @param now so that what somebody is making at this moment stays
  public static void sweep(Path below, Instant now) {
    if (!Files.isDirectory(below)) {
      return;
    }
    try {
      for (var name : new LocalDisk().names(below)) {
        sweep(below.resolve(name), name, now);
      }
    } catch (IOException e) {
      return;
    }
  }

  private static void sweep(Path folder, String name, Instant now) {
    try {
      var isHeld = new LocalDisk().isHeld(folder.resolve(LOCK));
      if (!isHeld && !(name.startsWith(FRESH) && isYoung(folder, now))) {
        delete(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      return;
    }
  }

  private static boolean isYoung(Path folder, Instant now) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant().plus(MAKING).isAfter(now);
  }

  /// Writes a file that only its owner may read.
  ///
  /// @return where it is
  public Path write(String name, byte[] content) throws IOException {
    var file = folder.resolve(name);
    new LocalDisk().write(file, content);
    return file;
  }

  /// Where the files are; a program may leave others there.
  public Path folder() {
    return folder;
  }

  /// Removes all of it. What cannot be removed now is swept later.
  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      return;
    } finally {
      held.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
