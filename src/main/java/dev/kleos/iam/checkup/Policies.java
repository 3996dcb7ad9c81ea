package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policies on the road, each read once, and what they give to whom.
final class Policies {
  private static final List<Class<? extends Reach>> BEST_FIRST =
      List.of(Reach.Granted.class, Reach.Perhaps.class, Reach.Unmet.class);

  /// Of grants that hold, the one that holds longest.
  private static final Comparator<Reach> BEST =
      Comparator.<Reach>comparingInt(reach -> BEST_FIRST.indexOf(reach.getClass()))
          .thenComparing(Policies::until, Comparator.reverseOrder());

  private final Cloud cloud;
  private final Ahead ahead;
  private final Instant now;
  private final RoleContents roles;
  private final Map<Resource, Ahead.Awaited<Optional<AllowPolicy>>> policies =
      new ConcurrentHashMap<>();

  Policies(Cloud cloud, Ahead ahead, Instant now) {
    this.cloud = cloud;
    this.ahead = ahead;
    this.now = now;
    this.roles = new RoleContents(cloud.catalog());
  }

  /// Begins to read one that will be asked for.
  void begin(Resource resource) {
    policies.computeIfAbsent(resource, _ -> ahead.begin(() -> read(resource)));
  }

  /// A policy; empty where the caller may not read it.
  ///
  /// @throws CloudException where that fails otherwise
  Optional<AllowPolicy> of(Resource resource) throws InterruptedException {
    return policies.computeIfAbsent(resource, _ -> ahead.begin(() -> read(resource))).get();
  }

  /// Through what somebody has a permission on a resource: by its own policy, else its project's,
  /// which is read where its own does not do.
  Reach reach(Principal who, String permission, Resource resource) throws InterruptedException {
    var own = reachOn(who, permission, resource);
    if (own instanceof Reach.Granted || resource instanceof Resource.Project) {
      return own;
    }
    var inherited = reachOn(who, permission, new Resource.Project(resource.projectId()));
    return inherited instanceof Reach.Missing
            || (!(own instanceof Reach.Missing) && BEST.compare(own, inherited) <= 0)
        ? own
        : inherited;
  }

  /// @param on whose policy is looked at
  private Reach reachOn(Principal who, String permission, Resource on) throws InterruptedException {
    var policy = of(on);
    if (policy.isEmpty()) {
      return new Reach.Missing();
    }
    var grants =
        policy.get().grants().stream().filter(grant -> concerns(grant.principal(), who)).toList();
    roles.learn(grants.stream().map(Grant::role).toList());
    return grants.stream()
        .filter(grant -> roles.have(grant.role(), permission))
        .map(grant -> judged(grant, on, who))
        .min(BEST)
        .orElseGet(Reach.Missing::new);
  }

  private Optional<AllowPolicy> read(Resource resource) {
    try {
      return Optional.of(cloud.policies().read(resource));
    } catch (CloudException e) {
      if (Refusals.isForbidden(e) || e instanceof CloudException.NotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Reach judged(Grant grant, Resource on, Principal who) {
    var condition = grant.condition();
    var met = condition == null ? Optional.of(true) : isMet(condition);
    if (met.filter(truth -> !truth).isPresent()) {
      return new Reach.Unmet(grant, on);
    }
    return met.isEmpty() || !isSurely(grant.principal(), who)
        ? new Reach.Perhaps(grant, on)
        : new Reach.Granted(grant, on, Optional.ofNullable(condition).flatMap(Condition::end));
  }

  private Optional<Boolean> isMet(Condition condition) {
    return condition.end().isPresent()
        ? Optional.of(!condition.hasEnded(now))
        : Conditions.isMet(condition, now);
  }

  private static Instant until(Reach reach) {
    return reach instanceof Reach.Granted granted
        ? granted.until().orElse(Instant.MAX)
        : Instant.MIN;
  }

  private static boolean concerns(Principal granted, Principal who) {
    return granted.equals(who) || granted.mayContain(who);
  }

  /// Who is in a domain or everybody, their names tell; who is in a group or a pool does not.
  private static boolean isSurely(Principal granted, Principal who) {
    return granted.equals(who) || granted.isPublic() || granted.type().equals("domain");
  }
}
