package dev.kleos.iam.workflow;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planner.Consent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose access is to end.
///
/// @param only the one resource that it is about; null for every resource of the plan
/// @param beside an account that the plan does not have, and that counts as if it had; null for
///   none
/// @param consents what is said aloud
/// @param save whether the plan files lose the lines
public record RevokeRequest(
    Set<Principal> principals,
    @Nullable Resource only,
    @Nullable Resource beside,
    Set<Consent> consents,
    boolean save) {
  public RevokeRequest {
    consents = Set.copyOf(consents);
    principals = Collections.unmodifiableSet(new LinkedHashSet<>(principals));
  }

  /// The plan, with the account beside it.
  DesiredState complete(DesiredState plan) {
    if (beside == null) {
      return plan;
    }
    var policies = new ArrayList<>(plan.policies());
    policies.add(
        new DesiredPolicy(
            beside,
            Set.of(),
            Map.of(),
            new LinkedHashSet<>(Role.IMPERSONATION),
            Set.of(),
            Unmanaged.IGNORE));
    return new DesiredState(plan.accounts(), policies, plan.projectNumbers());
  }

  /// Whether an entry of a plan file is one that would go.
  public boolean isAbout(PlanEntry entry) {
    return principals.contains(entry.principal()) && isAbout(entry.resource());
  }

  boolean isAbout(Resource resource) {
    return only == null || only.equals(resource);
  }
}
