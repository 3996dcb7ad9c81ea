package dev.kleos.iam.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is asked of a disk by whoever must not lose anything, as single steps: so a test can let
/// the machine die between any two of them, and lose what was not synced by then.
public interface Disk {
  /// Makes a folder that only its owner may enter, and those above it; their names survive a power
  /// cut. One that is there stays.
  void makeFolders(Path folder) throws IOException;

  /// Makes a folder that only its owner may enter.
  ///
  /// @return false where somebody else was faster, or it was there already
  boolean makeFolder(Path folder) throws IOException;

  /// Writes a file that only its owner may read; it may be lost until [#sync]. One of that name is
  /// replaced.
  void write(Path file, byte[] content) throws IOException;

  /// Makes the content of a file survive a power cut.
  void sync(Path file) throws IOException;

  /// Gives a file the name of another in one step: whoever looks finds the one or the other.
  void rename(Path from, Path to) throws IOException;

  /// Makes the names in a folder survive a power cut.
  void syncFolder(Path folder) throws IOException;

  /// The content of a file; empty where there is none.
  Optional<byte[]> read(Path file) throws IOException;

  /// The names in a folder, in order; none where there is no such folder.
  List<String> names(Path folder) throws IOException;

  /// Takes hold of a file until it is closed, or the process ends, however that ends.
  Held hold(Path file) throws IOException;

  /// Whether a process holds the file.
  boolean isHeld(Path file) throws IOException;

  /// A hold on a file.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Puts content in place of a file, or makes the file, as a whole or not at all, whatever happens
  /// meanwhile; when this returns, it stays.
  default void replace(Path file, byte[] content) throws IOException {
    var process = ProcessHandle.current().pid(); // two that save in one place share no file
    var fresh = file.resolveSibling("." + file.getFileName() + "." + process + ".new");
    write(fresh, content);
    sync(fresh);
    rename(fresh, file);
    syncFolder(file.resolveSibling("."));
  }
}
