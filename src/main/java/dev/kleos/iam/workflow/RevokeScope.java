package dev.kleos.iam.workflow;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The resources that a revocation is about.
///
/// @param desired the plan on these resources
/// @param read the whole plan, and the policies of its projects: what is not acted on is looked at
record RevokeScope(DesiredState desired, DesiredState read) {
  /// Finds them.
  ///
  /// @param projectIds of the plan's files
  static RevokeScope of(RevokeRequest request, DesiredState plan, Collection<String> projectIds) {
    var policies = plan.policies().stream().filter(policy -> request.isAbout(policy.resource()));
    var desired =
        new DesiredState(
            plan.accounts().stream()
                .filter(account -> request.isAbout(account.resource()))
                .map(ServiceAccount::withoutTexts)
                .toList(),
            policies.toList(),
            plan.projectNumbers());
    return new RevokeScope(desired, withProjects(plan, projectIds));
  }

  private static DesiredState withProjects(DesiredState desired, Collection<String> projectIds) {
    var policies = new LinkedHashMap<Resource, DesiredPolicy>();
    desired.policies().forEach(policy -> policies.put(policy.resource(), policy));
    for (var id : projectIds) {
      policies.computeIfAbsent(new Resource.Project(id), RevokeScope::onlyRead);
    }
    return new DesiredState(desired.accounts(), List.copyOf(policies.values()), Map.of());
  }

  private static DesiredPolicy onlyRead(Resource resource) {
    return new DesiredPolicy(resource, Set.of(), Map.of(), Set.of(), Set.of(), Unmanaged.IGNORE);
  }
}
