package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Resource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Whether an undoing is about what the run did, and about nothing else. What the run did is known
/// here from Google, not from the journal.
///
/// @param undone the process whose run is taken back
record UndoRules(SimulatedProcess undone, World world) {
  /// Checks what is shown.
  void checkShown(ChangeSet changes) {
    for (var change : changes.changes()) {
      if (change instanceof ModifyPolicy modify) {
        check(modify.resource(), Approved.of(modify), modify.planned().etag());
      }
    }
  }

  /// Checks what an undoing has left, where nobody else has written since the run.
  void checkRestored() {
    world
        .google()
        .histories()
        .forEach((resource, history) -> {
          var ours = history.by(undone.name());
          if (ours.isEmpty()) {
            return;
          }
          var before = history.before(ours.getFirst()).keys();
          var now = history.current().keys();
          if (!now.equals(before) && !isMurky(resource)) {
            report(
                Invariant.UNDO_RESTORES,
                resource,
                "lacks " + Approved.minus(before, now) + ", has " + Approved.minus(now, before));
          }
        });
  }

  private void check(Resource resource, Approved shown, String etag) {
    var history = world.google().history(resource);
    var added = new HashSet<Line>();
    var removed = new HashSet<Line>();
    for (var version : history.by(undone.name())) {
      added.addAll(Approved.minus(version.keys(), history.before(version).keys()));
      removed.addAll(Approved.minus(history.before(version).keys(), version.keys()));
    }
    if (isMurky(resource)) {
      return;
    }
    for (var line : Approved.minus(shown.removed(), added)) {
      report(Invariant.UNDO_SPARES_RIVALS, resource, "would take away " + line);
    }
    for (var line : Approved.minus(shown.added(), removed)) {
      report(Invariant.UNDO_SPARES_RIVALS, resource, "would bring back " + line);
    }
    var found = history.of(etag).orElseThrow().keys();
    var left = history.by(undone.name()).getLast().keys();
    var touched = new LinkedHashSet<>(added);
    touched.addAll(removed);
    for (var line : touched) {
      var isStillSo = ofTheSame(line, found).equals(ofTheSame(line, left));
      var isShown = shown.added().contains(line) || shown.removed().contains(line);
      if (isShown && !isStillSo) {
        report(Invariant.UNDO_SPARES_RIVALS, resource, "would undo what came after " + line);
      } else if (isStillSo && !isShown) {
        report(Invariant.UNDO_RESTORES, resource, "would leave " + line);
      }
    }
  }

  /// Where a write was not answered, nobody can know which of the same changes was whose, nor under
  /// what name it was stored.
  private boolean isMurky(Resource resource) {
    var isUntold = undone.isDead() && !world.scene().aliases().isEmpty();
    return isUntold
        || world.ledger().book(undone).hasUnanswered(resource)
        || world.google().history(resource).by(undone.name()).size() != 1;
  }

  private void report(Invariant invariant, Resource resource, String what) {
    world
        .violations()
        .report(invariant, "undoing " + undone.name() + " at " + Wire.brief(resource) + " " + what);
  }

  private static Set<Line> ofTheSame(Line line, Set<Line> lines) {
    var same = new HashSet<Line>();
    for (var other : lines) {
      if (other.role().equals(line.role()) && other.member().equals(line.member())) {
        same.add(other);
      }
    }
    return same;
  }
}
