package dev.kleos.iam.planfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file that no other process which locks it can replace meanwhile. The lock is on the file
/// itself, so nothing is left behind; but whoever replaces the file leaves others with a lock on
/// one that has no name any more, hence the look at which file the path leads to.
///
/// On POSIX, closing any channel to a file gives up all locks that the process has on it: while one
/// is open, this process reads the file through it alone.
final class LockedFile implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path path;
  private final @Nullable Object key;
  private final FileChannel channel;

  private LockedFile(Path path, @Nullable Object key, FileChannel channel) {
    this.path = path;
    this.key = key;
    this.channel = channel;
  }

  /// Waits for the lock.
  ///
  /// @param path a real path, without symbolic links
  /// @throws IOException also where the lock is not to be had within `patience`
  static LockedFile open(Path path, Duration patience) throws IOException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      // The key comes first: a file that takes the path's place later is then found out.
      var key = key(path);
      var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      var file = new LockedFile(path, key, channel);
      var done = false;
      try {
        done = file.lock(deadline) && file.isAtItsPath();
        if (done) {
          return file;
        }
      } finally {
        if (!done) {
          channel.close();
        }
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new FileSystemException(path.toString(), null, "another process keeps it locked");
      }
    }
  }

  /// Whether these bytes are what a reader of the path finds.
  boolean holds(byte[] content) throws IOException {
    if (!isAtItsPath() || channel.size() != content.length) {
      return false;
    }
    var found = ByteBuffer.allocate(content.length);
    while (found.hasRemaining() && channel.read(found, found.position()) >= 0) {}
    return !found.hasRemaining() && Arrays.equals(found.array(), content);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it, and the lock is gone either way.
      return;
    }
  }

  private boolean lock(long deadline) throws IOException {
    while (!tryLock()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private boolean tryLock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // taken in this process by a copy of this class
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private boolean isAtItsPath() throws IOException {
    return Objects.equals(key(path), key);
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
