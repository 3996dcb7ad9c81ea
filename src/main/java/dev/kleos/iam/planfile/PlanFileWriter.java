package dev.kleos.iam.planfile;

import dev.kleos.iam.disk.FreshFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Writes plan files, the counterpart of [PlanSources].
///
/// Of edits at the same time, in this process or in several, none is lost: the later one learns of
/// the earlier. An editor that takes no lock is noticed too, but for the moment between the last
/// look at the file and its replacement.
public final class PlanFileWriter {
  /// Far longer than any save, short enough for somebody who waits.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Set<PosixFilePermission> WRITE_BITS =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  /// The lock on a file keeps other processes away, this one the other threads of ours: one that
  /// closed the file meanwhile would give the lock up (see [LockedFile]).
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path directory;
  private final Duration patience;

  /// @param directory what relative names are relative to
  public PlanFileWriter(Path directory) {
    this(directory, PATIENCE);
  }

  /// @param patience how long to wait for another process that holds the file's lock
  PlanFileWriter(Path directory, Duration patience) {
    this.directory = directory.toAbsolutePath();
    this.patience = patience;
  }

  /// Why the file cannot be saved, to be told before anybody is asked anything; empty where nothing
  /// speaks against it. What has no write bit at all counts as read-only also for root, who could
  /// write there: somebody meant it.
  ///
  /// @param name the file as the user named it
  public Optional<String> obstacle(String name) {
    try {
      return obstacle(name, directory.resolve(name).toRealPath());
    } catch (IOException e) {
      return Optional.of(why(name, e));
    }
  }

  /// The same of the files that some edits would change: the first obstacle.
  public Optional<String> obstacle(Collection<FileEdit> edits) {
    return edits.stream().map(edit -> obstacle(edit.file())).flatMap(Optional::stream).findFirst();
  }

  /// Replaces the file's content as a whole or not at all, if it is still what was read. The file
  /// keeps its permissions, and its owner and group as far as this user may set them. A symbolic
  /// link stays one, and is followed only to a file inside the folder where it stands.
  ///
  /// @throws IllegalArgumentException where the two are not contents of the same file
  public Result replace(PlanSource.Content expected, PlanSource.Content next) {
    var name = expected.name();
    if (!name.equals(next.name())) {
      throw new IllegalArgumentException(name + " cannot become " + next.name());
    }
    IN_THIS_PROCESS.lock();
    try {
      var file = directory.resolve(name).toRealPath();
      var obstacle = obstacle(name, file);
      if (obstacle.isPresent()) {
        return new Result.Failed(obstacle.get());
      }
      return replace(file, expected.bytes(), next.bytes())
          ? new Result.Replaced()
          : changed(file, name);
    } catch (IOException e) {
      return new Result.Failed(why(name, e));
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private boolean replace(Path file, byte[] expected, byte[] next) throws IOException {
    try (var locked = LockedFile.open(file, patience)) {
      if (!locked.holds(expected)) {
        return false;
      }
      try (var fresh = FreshFile.beside(file)) {
        fresh.write(next);
        var unchanged = locked.holds(expected);
        if (unchanged) {
          fresh.takePlace();
        }
        return unchanged;
      }
    }
  }

  private static Result changed(Path file, String name) {
    return switch (PlanSources.read(file, name)) {
      case PlanSource.Content now -> new Result.Changed(now);
      case PlanSource.Unreadable(_, _, var message) -> new Result.Failed(name + ": " + message);
    };
  }

  private Optional<String> obstacle(String name, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of(name + " is not a regular file: name a YAML file");
    }
    if (!file.startsWith(directory.resolve(name).resolveSibling(".").toRealPath())) {
      return Optional.of(
          name + " is a symbolic link out of its folder, to " + file + ": name that file itself");
    }
    if (isReadOnly(file)) {
      return Optional.of(name + " is read-only: make it writable");
    }
    return isReadOnly(file.resolveSibling("."))
        ? Optional.of("the folder of " + name + " is read-only: make it writable")
        : Optional.empty();
  }

  private static boolean isReadOnly(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return !Files.isWritable(path)
        || (view != null && Collections.disjoint(view.readAttributes().permissions(), WRITE_BITS));
  }

  private static String why(String name, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> name + " is not there any more: restore it";
      case AccessDeniedException _ ->
          "permission to save " + name + " is denied: make it and its folder writable";
      case ClosedByInterruptException _ -> interrupted(name);
      case InterruptedIOException _ -> interrupted(name);
      case FileSystemException failure ->
          notSaved(name, Objects.requireNonNullElse(failure.getReason(), failure.toString()));
      default -> notSaved(name, Objects.requireNonNullElse(e.getMessage(), e.toString()));
    };
  }

  private static String interrupted(String name) {
    return name + " is not saved, because that was interrupted: run the same command again";
  }

  private static String notSaved(String name, String reason) {
    return name + " cannot be saved (" + reason + "): see to that and run the same command again";
  }

  /// What became of a replacement.
  public sealed interface Result {
    /// The file has the new content.
    record Replaced() implements Result {}

    /// Somebody saved the file in between; nothing is written.
    ///
    /// @param now what it holds instead of what was expected
    record Changed(PlanSource.Content now) implements Result {}

    /// It could not be; nothing is written.
    ///
    /// @param why what stands against it, where, and what to do
    record Failed(String why) implements Result {}
  }
}
