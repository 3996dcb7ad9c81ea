package dev.kleos.iam.planner;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Unmanaged;

/// Turns `unmanaged: report` into `remove` for once. Grants that the plan tells us to ignore stay
/// ignored, and the project's own policy takes a word of its own, because it reaches everything.
///
/// @param resources on accounts and services
/// @param project on projects
public record Pruning(boolean resources, boolean project) {
  /// Removes nothing that the plan file does not say.
  public static final Pruning NONE = new Pruning(false, false);

  /// The desired state with this pruning asked for.
  public DesiredState applyTo(DesiredState desired) {
    return new DesiredState(
        desired.accounts(),
        desired.policies().stream().map(this::applyTo).toList(),
        desired.projectNumbers());
  }

  private DesiredPolicy applyTo(DesiredPolicy policy) {
    var asked = policy.resource() instanceof Resource.Project ? project : resources;
    return asked && policy.unmanaged() == Unmanaged.REPORT
        ? policy.withUnmanaged(Unmanaged.REMOVE)
        : policy;
  }
}
