package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.workflow.Previewed;
import java.util.ArrayList;

/// Makes of a policy what it was before the run, whoever has changed it since.
final class BrokenUndo {
  private BrokenUndo() {}

  static Previewed of(Previewed undoing, RecordedRun run) {
    var changes = new ArrayList<Change>();
    for (var change : undoing.changeSet().changes()) {
      changes.add(change instanceof ModifyPolicy modify ? blind(modify, run) : change);
    }
    return new Previewed(ChangeSet.of(changes), undoing.refusals());
  }

  private static ModifyPolicy blind(ModifyPolicy change, RecordedRun run) {
    var before =
        run.steps().stream()
            .map(step -> step.change())
            .filter(ModifyPolicy.class::isInstance)
            .map(ModifyPolicy.class::cast)
            .filter(step -> step.resource().equals(change.resource()))
            .findFirst()
            .orElseThrow()
            .planned();
    var diff = GrantDiff.between(change.planned().grants(), before.grants());
    return new ModifyPolicy(change.resource(), change.planned(), diff);
  }
}
