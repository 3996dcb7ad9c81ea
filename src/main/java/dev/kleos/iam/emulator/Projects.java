package dev.kleos.iam.emulator;

import java.util.Optional;
import java.util.SortedMap;

/// The projects of a world, found by id or number. Used under the world's lock.
final class Projects {
  private final Table<Project> byId;
  private final Table<String> idsByNumber;

  Projects(UndoLog undo) {
    this.byId = new Table<>(undo);
    this.idsByNumber = new Table<>(undo);
  }

  Optional<Project> find(String idOrNumber) {
    return byId.get(idOrNumber).or(() -> idsByNumber.get(idOrNumber).flatMap(byId::get));
  }

  boolean hasNumber(String number) {
    return idsByNumber.get(number).isPresent();
  }

  /// Creates the project unless it is there (also when its number was given); true when it was
  /// created now.
  boolean ensure(String id) {
    if (find(id).isPresent()) {
      return false;
    }
    put(new Project(id, Ids.projectNumber(id, this::hasNumber)));
    return true;
  }

  /// The same with a number of its own, unless another project has it.
  boolean ensure(String id, String number) {
    if (hasNumber(number)) {
      return ensure(id);
    }
    if (find(id).isPresent()) {
      return false;
    }
    put(new Project(id, number));
    return true;
  }

  void put(Project project) {
    byId.put(project.id(), project);
    idsByNumber.put(project.number(), project.id());
  }

  void becomeAgain(Projects other) {
    byId.becomeAgain(other.byId);
    idsByNumber.becomeAgain(other.idsByNumber);
  }

  SortedMap<String, Project> all() {
    return byId.rows();
  }
}
