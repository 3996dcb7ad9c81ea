package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// A world that is kept in a file, in the format of the package's comment, and used by one emulator
/// at a time.
///
/// A file that is not ours is refused and never overwritten. A symbolic link is followed: its
/// target is what is read, locked and replaced. Beside the file stands `FILE.lock`, which stays.
public final class StateFile implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_LINKS = 40;

  /// Opens a state file; where there is none, the world is [World#demo()], and the file appears
  /// with the first change.
  ///
  /// @throws StateFileException when it is no state file, cannot be read, or another process keeps
  ///   using it for 10 seconds
  public static StateFile open(Path path) {
    return open(path, World::demo);
  }

  /// Opens a state file that begins as another world.
  ///
  /// @param initial the world where there is no file; not asked where there is one
  /// @throws StateFileException as [#open(Path)] does, and as `initial` does
  public static StateFile open(Path path, Supplier<World> initial) {
    return open(path, initial, PATIENCE);
  }

  static StateFile open(Path path, Supplier<World> initial, Duration patience) {
    var file = target(path);
    // Read before it is locked, too: nothing is to be put beside a file that is not ours.
    var before = WorldFile.read(file);
    var world = parse(file, before, initial);
    var lock = StateLock.acquire(file, patience);
    try {
      var now = WorldFile.read(file);
      var same = Arrays.equals(before.orElse(null), now.orElse(null));
      return new StateFile(file, lock, same ? world : parse(file, now, initial));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private final Path file;
  private final StateLock lock;
  private final World world;
  private final WorldWriter writer = new WorldWriter();
  private boolean closed;

  private StateFile(Path file, StateLock lock, World world) {
    this.file = file;
    this.lock = lock;
    this.world = world;
    world.keptBy(this::save);
  }

  World world() {
    return world;
  }

  /// Releases the file; a change of its world fails from now on.
  @Override
  public void close() {
    world.read(() -> {
      if (!closed) {
        closed = true;
        lock.close();
      }
      return closed;
    });
  }

  private void save(World changed) {
    if (closed) {
      throw new StateFileException(file + ": the state file was closed; nothing was changed");
    }
    try {
      AtomicFile.replace(file, content -> writer.write(changed, content));
    } catch (IOException e) {
      throw new StateFileException(
          file + ": the emulator cannot save its state, and changed nothing: " + Reason.of(e), e);
    }
  }

  /// The file that a path leads to, with no symbolic link in it; it need not be there.
  private static Path target(Path path) {
    try {
      var file = path.toAbsolutePath();
      for (var links = 0; Files.isSymbolicLink(file); links++) {
        if (links == MAX_LINKS) {
          throw new StateFileException(
              path + ": too many symbolic links; name the state file itself");
        }
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
      var folder = file.getParent();
      var name = file.getFileName();
      if (folder == null || name == null || Files.isDirectory(file)) {
        throw new StateFileException(path + ": is a folder; name a state file in it");
      }
      return folder.toRealPath().resolve(name);
    } catch (IOException e) {
      throw new StateFileException(
          path
              + ": cannot reach the folder of the state file: "
              + Reason.of(e)
              + "; create it, or use another",
          e);
    }
  }

  private static World parse(Path file, Optional<byte[]> content, Supplier<World> initial) {
    return content
        .map(bytes -> WorldReader.read(bytes, file.toString()))
        .orElseGet(() -> initial.get().copy()); // whatever its owner does with it from now on
  }
}
