package dev.kleos.iam.emulator;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which APIs are enabled in the projects of a world: all but those that are said not to be. Used
/// under the world's lock.
final class EnabledApis {
  /// The APIs that are not enabled, by the project's id.
  private final Table<SortedSet<String>> disabled;

  EnabledApis(UndoLog undo) {
    this.disabled = new Table<>(undo);
  }

  /// @param api such as `run.googleapis.com`
  boolean has(Project project, String api) {
    return disabled.get(project.id()).filter(apis -> apis.contains(api)).isEmpty();
  }

  void enable(Project project, String api) {
    var apis = new TreeSet<>(disabled(project));
    if (apis.remove(api)) {
      put(project, apis);
    }
  }

  void disable(Project project, String api) {
    var apis = new TreeSet<>(disabled(project));
    if (apis.add(api)) {
      put(project, apis);
    }
  }

  /// The APIs that are not enabled, by the ids of the projects where there are any.
  SortedMap<String, SortedSet<String>> disabled() {
    return disabled.rows();
  }

  void becomeAgain(EnabledApis other) {
    disabled.becomeAgain(other.disabled);
  }

  private SortedSet<String> disabled(Project project) {
    return disabled.get(project.id()).orElseGet(Collections::emptySortedSet);
  }

  private void put(Project project, SortedSet<String> apis) {
    if (apis.isEmpty()) {
      disabled.remove(project.id());
    } else {
      disabled.put(project.id(), Collections.unmodifiableSortedSet(apis));
    }
  }
}
