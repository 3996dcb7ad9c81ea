package dev.kleos.iam.simulation;

import dev.kleos.iam.disk.Disk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk that is only looked at, by nobody's process.
///
/// @param isSynced whether only what a power cut would spare is there
record Look(Storage storage, boolean isSynced) implements Disk {
  @Override
  public Optional<byte[]> read(Path file) {
    return isSynced ? storage.readSynced(file) : storage.read(file);
  }

  @Override
  public List<String> names(Path folder) {
    return storage.namesIn(folder);
  }

  @Override
  public boolean isHeld(Path file) {
    return false;
  }

  @Override
  public void makeFolders(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean makeFolder(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(Path file, byte[] content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void sync(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void syncFolder(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Held hold(Path file) {
    throw new UnsupportedOperationException();
  }
}
