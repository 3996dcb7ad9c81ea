package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Narrows a plan to what it asks for some principals on one resource, so that applying it changes
/// nothing else, whatever else has drifted: no other principal's grants, no text of the account.
public record Narrowing(Resource resource, Set<Principal> principals) {
  public Narrowing {
    principals = Set.copyOf(principals);
  }

  /// The desired state of only these. An account of the plan stays in it, so that a missing one is
  /// noticed.
  public DesiredState applyTo(DesiredState desired) {
    var numbers = desired.projectNumbers();
    var number = numbers.get(resource.projectId());
    return new DesiredState(
        desired.accounts().stream()
            .filter(account -> account.resource().equals(resource))
            .map(ServiceAccount::withoutTexts)
            .toList(),
        desired.policies().stream()
            .filter(policy -> policy.resource().equals(resource))
            .map(this::narrow)
            .toList(),
        number == null ? Map.of() : Map.of(resource.projectId(), number));
  }

  private DesiredPolicy narrow(DesiredPolicy policy) {
    return new DesiredPolicy(
        policy.resource(),
        policy.grants().stream().filter(this::isMeant).collect(toCollection(LinkedHashSet::new)),
        policy.allowances(),
        Set.of(),
        Set.of(),
        Unmanaged.IGNORE);
  }

  private boolean isMeant(Grant grant) {
    return principals.contains(grant.principal());
  }
}
