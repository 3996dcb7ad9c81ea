package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to be the only one that uses a state file: a lock on a sibling, `FILE.lock`, since the
/// file itself is replaced at each save.
///
/// The sibling stays when all is done. Deleting it cannot be made safe: one process would lock the
/// deleted file while another locks its successor.
final class StateLock implements AutoCloseable {
  /// Taken before the lock file is even opened: on POSIX, closing any channel to a file gives up
  /// all locks that this process has on it.
  private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path path;
  private final FileChannel channel;

  private StateLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Waits for the lock.
  ///
  /// @param file the state file, as a real path without symbolic links
  /// @throws StateFileException when the lock is not to be had within `patience`, or not at all
  static StateLock acquire(Path file, Duration patience) {
    var path = file.resolveSibling(file.getFileName() + ".lock");
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var lock = tryAcquire(path);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new StateFileException(
            file
                + ": another process uses this state file; end it, or use another file (where that"
                + " process is kleos-iam emulator, KLEOS_IAM_EMULATOR_HOST leads to it)");
      }
      pause(file);
    }
  }

  private static Optional<StateLock> tryAcquire(Path path) {
    if (!TAKEN_HERE.add(path)) {
      return Optional.empty();
    }
    var lock = Optional.<StateLock>empty();
    try {
      lock = open(path);
      return lock;
    } catch (IOException e) {
      throw new StateFileException(
          path
              + ": cannot lock the state file: "
              + Reason.of(e)
              + "; make its folder writable, or use a state file elsewhere",
          e);
    } finally {
      if (lock.isEmpty()) {
        TAKEN_HERE.remove(path);
      }
    }
  }

  private static Optional<StateLock> open(Path path) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var locked = false;
    try {
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new StateLock(path, channel)) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // taken in this JVM by a copy of this class
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static void pause(Path file) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateFileException(file + ": interrupted while waiting for another process", e);
    }
  }

  /// Gives the right up; closing the channel does.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StateFileException(path + ": cannot release the state file: " + Reason.of(e), e);
    } finally {
      TAKEN_HERE.remove(path);
    }
  }
}
