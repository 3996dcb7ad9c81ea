package dev.kleos.iam.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The disk of a machine: what programs see, and what of it would be there after a power cut. Only
/// what was synced is sure to be: the content of a file by itself, and its name by its folder.
final class Storage {
  private static final Path ROOT = Path.of("/");

  private final NavigableMap<Path, Folder> folders = new TreeMap<>();

  Storage() {
    folders.put(ROOT, new Folder());
  }

  /// Of what was not synced, each thing is there or not.
  void cutPower(Dice dice) {
    folders.values().forEach(folder -> folder.cutPower(dice));
    var lost = new ArrayList<Path>();
    folders.keySet().stream()
        .filter(path -> !path.equals(ROOT))
        .forEach(path -> {
          if (lost.contains(parent(path)) || !isNamed(path)) {
            lost.add(path);
          }
        });
    lost.forEach(folders::remove);
  }

  /// Makes a folder in one that is there; false where it is there already.
  boolean makeFolder(Path path) {
    if (folders.containsKey(path)) {
      return false;
    }
    folders.put(path, new Folder());
    var name = new Content(new byte[0]);
    name.sync();
    folder(parent(path)).names.put(name(path), name);
    return true;
  }

  /// Makes a folder and those above it, which stay.
  void makeFolders(Path path) {
    if (!path.equals(ROOT)) {
      makeFolders(parent(path));
      if (makeFolder(path)) {
        folder(parent(path)).sync();
      }
    }
  }

  /// A folder.
  ///
  /// @throws IllegalArgumentException where there is none
  Folder folder(Path path) {
    var folder = folders.get(path.normalize());
    if (folder == null) {
      throw new IllegalArgumentException("no folder " + path);
    }
    return folder;
  }

  /// The content of a file.
  Optional<byte[]> read(Path file) {
    return Optional.ofNullable(folders.get(parent(file)))
        .map(folder -> folder.names.get(name(file)))
        .map(content -> content.now);
  }

  /// The content of a file, as it would be after a power cut that spares nothing that was not
  /// synced.
  Optional<byte[]> readSynced(Path file) {
    return Optional.ofNullable(folders.get(parent(file)))
        .filter(_ -> isSynced(file))
        .map(folder -> folder.synced.get(name(file)))
        .map(content -> content.synced == null ? new byte[0] : content.synced);
  }

  /// The names in a folder, in order.
  List<String> namesIn(Path path) {
    var folder = folders.get(path);
    return folder == null ? List.of() : List.copyOf(folder.names.keySet());
  }

  private boolean isSynced(Path path) {
    if (path.equals(ROOT)) {
      return true;
    }
    var parent = folders.get(parent(path));
    return parent != null && parent.synced.containsKey(name(path)) && isSynced(parent(path));
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private boolean isNamed(Path path) {
    var parent = folders.get(parent(path));
    return parent != null && parent.names.containsKey(name(path));
  }

  /// The files of a folder, by name.
  static final class Folder {
    private final TreeMap<String, Content> names = new TreeMap<>();
    private final TreeMap<String, Content> synced = new TreeMap<>();

    NavigableMap<String, Content> names() {
      return names;
    }

    void sync() {
      synced.clear();
      synced.putAll(names);
    }

    private void cutPower(Dice dice) {
      if (dice.chance(50)) {
        names.clear();
        names.putAll(synced);
      }
      names.values().forEach(content -> content.cutPower(dice));
      sync();
    }
  }

  /// The content of a file.
  static final class Content {
    private byte[] now;
    private byte @Nullable [] synced;

    Content(byte[] now) {
      this.now = now;
    }

    void sync() {
      synced = now;
    }

    private void cutPower(Dice dice) {
      now = synced == null ? Arrays.copyOf(now, dice.upTo(now.length + 1)) : synced;
      sync();
    }
  }
}
