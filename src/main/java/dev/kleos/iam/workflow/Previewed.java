package dev.kleos.iam.workflow;

import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.planner.Refusal;
import java.util.List;

/// What a preview found: the steps to desired state, and what speaks against taking them.
public record Previewed(ChangeSet changeSet, List<Refusal> refusals) {
  public Previewed {
    refusals = List.copyOf(refusals);
  }

  /// Whether everything that the plan names could be read.
  public boolean isComplete() {
    return changeSet.unreadable().isEmpty();
  }
}
