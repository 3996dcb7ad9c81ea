package dev.kleos.iam.emulator;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A part of the world, by key and in the keys' order, each change of which can be taken back. Used
/// under the world's lock.
final class Table<V> {
  private final NavigableMap<String, V> rows = new TreeMap<>();
  private final UndoLog undo;

  Table(UndoLog undo) {
    this.undo = undo;
  }

  Optional<V> get(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  void put(String key, V value) {
    var old = rows.put(key, value);
    undo.add(() -> restore(key, Optional.ofNullable(old)));
  }

  void remove(String key) {
    var old = rows.remove(key);
    undo.add(() -> restore(key, Optional.ofNullable(old)));
  }

  /// A view; not to be kept beyond the lock.
  NavigableMap<String, V> rows() {
    return Collections.unmodifiableNavigableMap(rows);
  }

  private void restore(String key, Optional<V> old) {
    old.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key));
  }
}
