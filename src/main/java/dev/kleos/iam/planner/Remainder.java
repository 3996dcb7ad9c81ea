package dev.kleos.iam.planner;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What access principals have left on the plan's resources and their project, as far as their
/// policies tell. A pure function.
///
/// @param own grants to the principals themselves, and to traces of them that were deleted
/// @param through grants to groups and the like that may contain them
public record Remainder(List<Left> own, List<Left> through) {
  /// A live grant that stays.
  public record Left(Resource resource, Grant grant) {}

  /// Nothing that is known of.
  public static final Remainder NONE = new Remainder(List.of(), List.of());

  public Remainder {
    own = List.copyOf(own);
    through = List.copyOf(through);
  }

  /// What is left of whom.
  ///
  /// @param policies what is held after the removal
  /// @param now what decides whether a grant has ended; such a one is no access
  public static Remainder of(
      Set<Principal> principals, Map<Resource, AllowPolicy> policies, Instant now) {
    var own = new ArrayList<Left>();
    var through = new ArrayList<Left>();
    policies.forEach((resource, policy) -> {
      for (var grant : policy.grants()) {
        var left = new Left(resource, grant);
        if (grant.hasEnded(now)) {
          continue;
        }
        if (principals.stream().anyMatch(principal -> isOf(principal, grant.principal()))) {
          own.add(left);
        } else if (principals.stream()
            .anyMatch(principal -> grant.principal().mayContain(principal))) {
          through.add(left);
        }
      }
    });
    return new Remainder(own, through);
  }

  private static boolean isOf(Principal principal, Principal holder) {
    return holder.equals(principal) || holder.isTraceOf(principal);
  }
}
