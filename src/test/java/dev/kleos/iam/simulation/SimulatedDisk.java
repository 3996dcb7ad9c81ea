package dev.kleos.iam.simulation;

import dev.kleos.iam.disk.Disk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The disk as one process has it: between any two operations it may die, and some of them fail.
final class SimulatedDisk implements Disk {
  private final SimulatedProcess process;
  private final World world;
  private final Storage storage;
  private final boolean doesSync;

  SimulatedDisk(SimulatedProcess process, World world) {
    this(process, world, true);
  }

  private SimulatedDisk(SimulatedProcess process, World world, boolean doesSync) {
    this.process = process;
    this.world = world;
    this.storage = world.storage();
    this.doesSync = doesSync;
  }

  /// One that forgets to sync the content of files.
  SimulatedDisk withoutSync() {
    return new SimulatedDisk(process, world, false);
  }

  @Override
  public void makeFolders(Path folder) {
    process.point();
    storage.makeFolders(folder);
    process.point();
  }

  @Override
  public boolean makeFolder(Path folder) {
    process.point();
    var isNew = storage.makeFolder(folder);
    process.point();
    return isNew;
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    changes("write", file);
    folder(file).names().put(name(file), new Storage.Content(content));
    process.point();
  }

  @Override
  public void sync(Path file) throws IOException {
    changes("sync", file);
    var content = folder(file).names().get(name(file));
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    if (doesSync) {
      content.sync();
    }
    process.point();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    changes("rename", to);
    var names = folder(from).names();
    var content = names.remove(name(from));
    if (content == null) {
      throw new NoSuchFileException(from.toString());
    }
    names.put(name(to), content);
    process.point();
  }

  @Override
  public void syncFolder(Path folder) {
    process.point();
    storage.folder(folder).sync();
    process.point();
  }

  @Override
  public Optional<byte[]> read(Path file) {
    return storage.read(file);
  }

  @Override
  public List<String> names(Path folder) {
    process.point();
    return storage.namesIn(folder);
  }

  @Override
  public Held hold(Path file) throws IOException {
    changes("hold", file);
    world.holds().put(file, process);
    return () -> world.holds().remove(file);
  }

  @Override
  public boolean isHeld(Path file) {
    var holder = world.holds().get(file);
    return holder != null && !holder.isDead();
  }

  private void changes(String what, Path file) throws IOException {
    process.point();
    process.pause();
    if (world.weather().isDiskFull()) {
      world.tally().count(Fault.DISK_FULL);
      world.trace().add(process.name(), what + " " + name(file) + ": " + Fault.DISK_FULL);
      throw new FileSystemException(file.toString(), null, "No space left on device");
    }
    world.trace().add(process.name(), what + " " + name(file));
  }

  private Storage.Folder folder(Path file) {
    return storage.folder(file.resolveSibling("."));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
