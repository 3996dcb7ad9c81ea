package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The policies on the road, each read once, and what they give to whom.
final class Policies {
  private static final List<Class<? extends Reach>> BEST_FIRST =
      List.of(Reach.Granted.class, Reach.Perhaps.class, Reach.Unmet.class);

  private final Cloud cloud;
  private final Instant now;
  private final Map<Resource, Optional<AllowPolicy>> policies = new HashMap<>();
  private final Map<Role, Optional<Set<String>>> roles = new HashMap<>();

  Policies(Cloud cloud, Instant now) {
    this.cloud = cloud;
    this.now = now;
  }

  /// A policy; empty where the caller may not read it.
  Optional<AllowPolicy> of(Resource resource) {
    return policies.computeIfAbsent(
        resource,
        _ -> {
          try {
            return Optional.of(cloud.policies().read(resource));
          } catch (CloudException.Denied | CloudException.NotFound e) {
            return Optional.empty();
          }
        });
  }

  /// Through what somebody has a permission on a resource: by its own policy or its project's.
  Reach reach(Principal who, String permission, Resource resource) {
    var found = new ArrayList<Reach>();
    for (var on : List.of(resource, new Resource.Project(resource.projectId()))) {
      of(on)
          .ifPresent(policy ->
              policy.grants().stream()
                  .filter(grant -> concerns(grant.principal(), who))
                  .filter(grant -> gives(grant.role(), permission))
                  .forEach(grant -> found.add(judged(grant, on, who, resource))));
    }
    return found.stream()
        .min(Comparator.comparingInt(reach -> BEST_FIRST.indexOf(reach.getClass())))
        .orElseGet(Reach.Missing::new);
  }

  private Reach judged(Grant grant, Resource on, Principal who, Resource resource) {
    var condition = grant.condition();
    var met = condition == null ? Optional.of(true) : isMet(condition, resource);
    if (met.filter(truth -> !truth).isPresent()) {
      return new Reach.Unmet(grant, on);
    }
    return met.isEmpty() || !isSurely(grant.principal(), who)
        ? new Reach.Perhaps(grant, on)
        : new Reach.Granted(grant, on, Optional.ofNullable(condition).flatMap(Condition::end));
  }

  private Optional<Boolean> isMet(Condition condition, Resource resource) {
    return condition.end().isPresent()
        ? Optional.of(!condition.hasEnded(now))
        : Conditions.isMet(condition, resource, now);
  }

  private static boolean concerns(Principal granted, Principal who) {
    return granted.equals(who) || granted.mayContain(who);
  }

  /// Who is in a domain or everybody, their names tell; who is in a group or a pool does not.
  private static boolean isSurely(Principal granted, Principal who) {
    return granted.equals(who) || granted.isPublic() || granted.type().equals("domain");
  }

  /// Whether a role has a permission; one that may not be looked into counts as if not.
  private boolean gives(Role role, String permission) {
    return roles
        .computeIfAbsent(
            role,
            _ -> {
              try {
                return Optional.of(cloud.catalog().permissions(role));
              } catch (CloudException.Denied | CloudException.NotFound e) {
                return Optional.empty();
              }
            })
        .filter(permissions -> permissions.contains(permission))
        .isPresent();
  }
}
