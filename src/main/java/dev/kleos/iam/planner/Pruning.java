package dev.kleos.iam.planner;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Unmanaged;
import java.util.Set;

/// What is removed for once beyond what the plan files say, always of managed roles only.
///
/// @param resources unmanaged grants on accounts and services: `report` is taken for `remove`;
///   grants that the plan tells us to ignore stay ignored
/// @param project the same on projects: a word of its own, because it reaches everything
/// @param expired grants whose own condition has ended
/// @param deleted members that were deleted
/// @param agents the service agents that are not spared, each named by somebody
public record Pruning(
    boolean resources, boolean project, boolean expired, boolean deleted, Set<Principal> agents) {
  /// Removes nothing that the plan files do not say.
  public static final Pruning NONE = new Pruning(false, false, false, false, Set.of());

  public Pruning {
    agents = Set.copyOf(agents);
  }

  /// The desired state where unmanaged grants are treated so.
  DesiredState applyTo(DesiredState desired) {
    return new DesiredState(
        desired.accounts(),
        desired.policies().stream().map(this::applyTo).toList(),
        desired.projectNumbers());
  }

  /// Whether this one's grants are left alone, whatever their role.
  boolean spares(Principal principal) {
    return principal.isDeleted() || (principal.isServiceAgent() && !agents.contains(principal));
  }

  private DesiredPolicy applyTo(DesiredPolicy policy) {
    var asked = policy.resource() instanceof Resource.Project ? project : resources;
    return asked && policy.unmanaged() == Unmanaged.REPORT
        ? policy.withUnmanaged(Unmanaged.REMOVE)
        : policy;
  }
}
