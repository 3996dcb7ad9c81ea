package dev.kleos.iam.disk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// The machine's own disk. It writes by streams, which an interrupt does not close.
public final class LocalDisk implements Disk {
  private static final boolean IS_POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  @Override
  public void makeFolders(Path folder) throws IOException {
    var missing = new ArrayDeque<Path>();
    for (var each = folder.toAbsolutePath();
        each != null && !Files.isDirectory(each);
        each = each.getParent()) {
      missing.push(each);
    }
    if (!missing.isEmpty()) {
      Files.createDirectories(folder, only("rwx------"));
      missing.forEach(each -> syncFolder(each.resolveSibling(".")));
    }
  }

  @Override
  public boolean makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, only("rwx------"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, only("rw-------"));
    try (var out = new FileOutputStream(file.toFile())) {
      out.write(content);
    }
  }

  @Override
  public void sync(Path file) throws IOException {
    try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.getFD().sync();
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Not every system opens a folder; where it does not, its files are safe either way.
  @Override
  public void syncFolder(Path folder) {
    var isInterrupted = Thread.interrupted();
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public Held hold(Path file) throws IOException {
    var opened = open(file);
    try {
      if (opened.getChannel().tryLock() == null) {
        throw new IOException("another process keeps it locked");
      }
    } catch (IOException | OverlappingFileLockException e) {
      opened.close();
      throw e;
    }
    return () -> {
      try {
        opened.close();
      } catch (IOException e) {
        return; // nothing was written, and the hold ends with the process at the latest
      }
    };
  }

  @Override
  public boolean isHeld(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    // For reading, and shared: history is also for a disk that cannot be written, and whoever else
    // looks at the same moment holds nothing.
    try (var opened = new RandomAccessFile(file.toFile(), "r")) {
      return opened.getChannel().tryLock(0, Long.MAX_VALUE, true) == null;
    } catch (OverlappingFileLockException e) {
      return true; // by this process
    }
  }

  private static RandomAccessFile open(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, only("rw-------"));
    }
    return new RandomAccessFile(file.toFile(), "rw");
  }

  private static FileAttribute<?>[] only(String permissions) {
    return IS_POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
