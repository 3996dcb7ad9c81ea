package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.RecordedStep;
import dev.kleos.iam.record.RunJournal;
import dev.kleos.iam.record.Runs;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the journal of one process owes to whoever comes after it.
final class JournalRules {
  private final SimulatedProcess process;
  private final RunJournal journal;
  private final Path state;
  private final World world;

  /// @param state where the journal is
  JournalRules(SimulatedProcess process, RunJournal journal, Path state, World world) {
    this.process = process;
    this.journal = journal;
    this.state = state;
    this.world = world;
  }

  /// Checks, when a write takes effect, that it would be known of after a power cut.
  void checkFirst(Resource resource, Version base) {
    var step = run(true).flatMap(run -> step(run, resource));
    var etag = step.flatMap(RecordedStep::intent).map(intent -> intent.etag());
    if (etag.isEmpty()) {
      report(Invariant.JOURNAL_FIRST, resource, "writes, and a power cut would hide it");
    } else if (!etag.get().equals(base.etag())
        && world.google().history(resource).by(process.name()).isEmpty()) {
      report(Invariant.JOURNAL_FIRST, resource, "wrote down another intent than it carries out");
    }
  }

  /// Checks what is there in the end, after whatever end it was.
  void checkEnd() {
    var written = new HashSet<Resource>();
    world
        .google()
        .histories()
        .forEach((resource, history) -> {
          if (!history.by(process.name()).isEmpty()) {
            written.add(resource);
          }
        });
    var found = run(false);
    if (found.isEmpty()) {
      written.forEach(
          resource -> report(Invariant.JOURNAL_TRUE, resource, "wrote, and there is no run"));
      return;
    }
    var run = found.get();
    if (process.isDead() && run.ended().isEmpty() && !run.isInterrupted()) {
      world
          .violations()
          .report(Invariant.JOURNAL_TRUE, process.name() + " died, and nobody is told");
    }
    if (!process.isDead() && run.ended().isEmpty() && journal.lost() == 0) {
      world
          .violations()
          .report(
              Invariant.JOURNAL_TRUE, process.name() + " ended, and the journal does not say so");
    }
    for (var step : run.steps()) {
      if (step.approved() instanceof ModifyPolicy modify) {
        check(modify.resource(), step);
      }
    }
  }

  private void check(Resource resource, RecordedStep step) {
    var history = world.google().history(resource);
    var ours = history.by(process.name());
    switch (step.isWritten()) {
      case YES -> {
        if (ours.isEmpty()) {
          report(Invariant.JOURNAL_TRUE, resource, "says that it wrote, and did not: " + step);
        }
      }
      case NO -> {
        if (!ours.isEmpty()) {
          report(Invariant.JOURNAL_TRUE, resource, "says that it did not write, and did: " + step);
        }
      }
      case UNKNOWN -> {}
    }
    var effect = step.effect();
    if (ours.isEmpty() || effect.isEmpty()) {
      return;
    }
    var left = ours.getLast().keys();
    var brought = new HashSet<Line>();
    var gone = new HashSet<Line>();
    for (var version : ours) {
      var before = history.before(version).keys();
      brought.addAll(Approved.minus(version.keys(), before));
      gone.addAll(Approved.minus(before, version.keys()));
    }
    // What somebody has taken back since is theirs.
    brought.retainAll(left);
    gone.removeAll(left);
    var changed = new HashSet<>(brought);
    changed.addAll(gone);
    var told = keys(effect.get().added());
    told.addAll(keys(effect.get().removed()));
    var isSure =
        step.isWritten() == RecordedStep.Certainty.YES
            && !world.ledger().book(process).hasUnanswered(resource);
    for (var line : Approved.minus(changed, told)) {
      if (!isSure && world.google().isStoredForAnother(line.member())) {
        continue; // what it was stored as, no answer told
      }
      report(Invariant.JOURNAL_TRUE, resource, "does not know that it changed " + line);
    }
    for (var line : Approved.minus(told, changed)) {
      if (isSure) {
        report(Invariant.JOURNAL_TRUE, resource, "believes that it changed " + line);
      }
    }
  }

  private static Set<Line> keys(Set<Grant> grants) {
    return Line.keysOf(grants);
  }

  /// The run of the process, as the next process finds it.
  ///
  /// @param isSynced after a power cut that spares nothing that was not synced
  private Optional<RecordedRun> run(boolean isSynced) {
    try {
      var number = journal.number();
      return number.isEmpty()
          ? Optional.empty()
          : new Runs(new Look(world.storage(), isSynced), state).run(number.get());
    } catch (DocumentException e) {
      world.violations().report(Invariant.JOURNAL_TRUE, process.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<RecordedStep> step(RecordedRun run, Resource resource) {
    return run.steps().stream()
        .filter(step -> step.approved() instanceof ModifyPolicy)
        .filter(step -> step.approved().resource().equals(resource))
        .findFirst();
  }

  private void report(Invariant invariant, Resource resource, String what) {
    world
        .violations()
        .report(invariant, process.name() + " at " + Wire.brief(resource) + " " + what);
  }
}
