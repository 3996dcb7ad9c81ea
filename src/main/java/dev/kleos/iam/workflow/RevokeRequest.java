package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanEntry;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose access is to end.
///
/// @param only the one resource that it is about; null for every resource of the plan
/// @param save whether the plan files lose the lines
public record RevokeRequest(Set<Principal> principals, @Nullable Resource only, boolean save) {
  public RevokeRequest {
    principals = Collections.unmodifiableSet(new LinkedHashSet<>(principals));
  }

  /// Whether an entry of a plan file is one that would go.
  public boolean isAbout(PlanEntry entry) {
    return principals.contains(entry.principal()) && isAbout(entry.resource());
  }

  boolean isAbout(Resource resource) {
    return only == null || only.equals(resource);
  }
}
