package dev.kleos.iam.record;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A run as the journal has it.
///
/// @param number from 1, in the order in which they began
/// @param ended when it had done all that it could; empty where it has not said so
/// @param isRunning whether a process is still at it
/// @param steps what became of each approved change
/// @param edits plan files that it saved
public record RecordedRun(
    int number,
    RunHeader header,
    Optional<Instant> ended,
    boolean isRunning,
    List<RecordedStep> steps,
    List<RecordedEdit> edits) {
  public RecordedRun {
    steps = List.copyOf(steps);
    edits = List.copyOf(edits);
  }

  /// The ids of the projects that it is about.
  public SortedSet<String> projects() {
    return steps.stream()
        .map(step -> step.approved().resource().projectId())
        .collect(toCollection(TreeSet::new));
  }

  /// Whether its process is gone and has not told the end.
  public boolean isInterrupted() {
    return ended.isEmpty() && !isRunning;
  }

  /// What became of each change of which that is known.
  public List<AppliedChange> applied() {
    return steps.stream().flatMap(step -> step.applied().stream()).toList();
  }

  /// Whether it has said that it has ended, and all that was approved is in effect.
  public boolean isDone() {
    return ended.isPresent()
        && steps.stream()
            .allMatch(step ->
                step.outcome()
                    .filter(it ->
                        it instanceof Outcome.Applied || it instanceof Outcome.AlreadyInEffect)
                    .isPresent());
  }

  /// Whether it has, or may have, changed something.
  public boolean mayHaveWritten() {
    return steps.stream().anyMatch(step -> step.isWritten() != RecordedStep.Certainty.NO);
  }
}
