package dev.kleos.iam.cli;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.RecordedStep;
import dev.kleos.iam.report.HistoryReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the journal says of earlier runs of the same saved changes: they are for once, and a run
/// that did not do all of them goes on.
///
/// @param runs the newest first
record SavedUses(List<RecordedRun> runs) {
  static SavedUses of(Surroundings surroundings, String sha256) {
    return new SavedUses(StateFolder.runs(surroundings).ofSavedChanges(sha256));
  }

  /// Where changes are planned and applied, as a name that means one place for good where there is
  /// one.
  static String place(CloudOptions clouds, Surroundings surroundings) {
    return clouds.lastingPlace(surroundings).orElseGet(() -> clouds.place(surroundings));
  }

  /// Why they are not applied once more; empty where nothing speaks against it.
  Optional<String> obstacle() {
    for (var run : runs) {
      if (run.isDone()) {
        var ended = run.ended().map(HistoryReport::time).orElse("");
        return Optional.of("it was applied already, at " + ended + ", by run " + run.number());
      }
      if (run.isRunning()) {
        return Optional.of("run " + run.number() + " is applying it at this moment");
      }
    }
    return Optional.empty();
  }

  /// Accounts that an earlier run has created, or may have.
  Set<Resource.Account> created() {
    return runs.stream()
        .flatMap(run -> run.steps().stream())
        .filter(step -> step.isWritten() != RecordedStep.Certainty.NO)
        .map(RecordedStep::approved)
        .filter(Change.CreateServiceAccount.class::isInstance)
        .map(change -> ((Change.CreateServiceAccount) change).desired().resource())
        .collect(toSet());
  }
}
