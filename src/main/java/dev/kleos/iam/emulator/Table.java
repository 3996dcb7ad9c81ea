package dev.kleos.iam.emulator;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

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

  /// Puts another table's rows in place of these; rows that are equal stay untouched.
  void becomeAgain(Table<V> other) {
    becomeAgain(other, this::put);
  }

  /// The same, where a row that changes is put in a way of its own.
  void becomeAgain(Table<V> other, BiConsumer<String, V> put) {
    for (var key : List.copyOf(rows.keySet())) {
      if (!other.rows.containsKey(key)) {
        remove(key);
      }
    }
    other.rows.forEach((key, value) -> {
      if (!value.equals(rows.get(key))) {
        put.accept(key, value);
      }
    });
  }

  /// A view; not to be kept beyond the lock.
  NavigableMap<String, V> rows() {
    return Collections.unmodifiableNavigableMap(rows);
  }

  private void restore(String key, Optional<V> old) {
    old.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key));
  }
}
