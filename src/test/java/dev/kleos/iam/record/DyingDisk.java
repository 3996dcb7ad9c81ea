package dev.kleos.iam.record;

import dev.kleos.iam.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A disk of a machine that dies after so many steps that change something.
final class DyingDisk implements Disk {
  private final Disk disk;
  private final List<Held> holds = new ArrayList<>();
  private int left;
  private boolean isFull;

  DyingDisk(Disk disk, int steps) {
    this.disk = disk;
    this.left = steps;
  }

  /// The end of the machine, which nobody catches.
  static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  boolean isDead() {
    return left < 0;
  }

  /// From now on nothing can be written.
  void fails() {
    isFull = true;
  }

  /// The process is gone, and with it what it held.
  void release() {
    holds.forEach(Held::close);
  }

  @Override
  public void makeFolders(Path folder) throws IOException {
    step();
    disk.makeFolders(folder);
  }

  @Override
  public boolean makeFolder(Path folder) throws IOException {
    step();
    return disk.makeFolder(folder);
  }

  /// The content may be there in part.
  @Override
  public void write(Path file, byte[] content) throws IOException {
    if (left == 0) {
      disk.write(file, java.util.Arrays.copyOf(content, content.length / 2));
    }
    step();
    disk.write(file, content);
  }

  @Override
  public void sync(Path file) throws IOException {
    step();
    disk.sync(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    disk.rename(from, to);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    step();
    disk.syncFolder(folder);
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    return disk.read(file);
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    return disk.names(folder);
  }

  @Override
  public Held hold(Path file) throws IOException {
    step();
    var held = disk.hold(file);
    holds.add(held);
    return held;
  }

  @Override
  public boolean isHeld(Path file) throws IOException {
    return disk.isHeld(file);
  }

  private void step() throws IOException {
    if (isFull) {
      throw new IOException("No space left on device");
    }
    if (left-- <= 0) {
      left = -1;
      throw new Dead();
    }
  }
}
