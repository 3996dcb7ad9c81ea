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
  private static final List<Class<? extends Reach.Seen>> BEST_FIRST =
      List.of(Reach.Granted.class, Reach.Perhaps.class, Reach.Unmet.class, Reach.Missing.class);

  /// Of grants that hold, the one that holds longest.
  private static final Comparator<Reach.Seen> BEST =
      Comparator.<Reach.Seen>comparingInt(reach -> BEST_FIRST.indexOf(reach.getClass()))
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

  /// What the policy of a resource still has of accounts of the same address that were deleted;
  /// nothing where it may not be read.
  List<Principal> traces(Resource.Account account, Resource on) throws InterruptedException {
    var who = account.principal();
    return of(on).stream()
        .flatMap(policy -> policy.grants().stream())
        .map(Grant::principal)
        .filter(trace -> trace.isTraceOf(who))
        .distinct()
        .toList();
  }

  /// Through what somebody has a permission on a resource: by its own policy, else its project's,
  /// which is read where its own does not do. Those of folders and of the organization are not
  /// looked at.
  Reach reach(Principal who, String permission, Resource resource) throws InterruptedException {
    var own = look(who, permission, resource);
    if (own.seen() instanceof Reach.Granted || resource instanceof Resource.Project) {
      return own.reach();
    }
    return own.or(look(who, permission, new Resource.Project(resource.projectId()))).reach();
  }

  /// @param on whose policy is looked at
  private Look look(Principal who, String permission, Resource on) throws InterruptedException {
    var policy = of(on);
    if (policy.isEmpty()) {
      return new Look(new Reach.Missing(), Optional.of(GrantWords.policy(on)));
    }
    var grants =
        policy.get().grants().stream().filter(grant -> concerns(grant.principal(), who)).toList();
    roles.learn(grants.stream().map(Grant::role).toList());
    var seen =
        grants.stream()
            .filter(grant -> roles.have(grant.role(), permission))
            .map(grant -> judged(grant, on, who))
            .min(BEST)
            .orElseGet(Reach.Missing::new);
    var hidden =
        grants.stream()
            .filter(grant -> roles.isHidden(grant.role()))
            .filter(grant -> !(judged(grant, on, who) instanceof Reach.Unmet))
            .findFirst();
    return new Look(seen, hidden.map(grant -> GrantWords.role(grant, on)));
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

  private Reach.Seen judged(Grant grant, Resource on, Principal who) {
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

  /// What was seen.
  ///
  /// @param hidden what was there and could not be
  private record Look(Reach.Seen seen, Optional<String> hidden) {
    Look or(Look inherited) {
      return new Look(
          BEST.compare(seen, inherited.seen) <= 0 ? seen : inherited.seen,
          hidden.or(inherited::hidden));
    }

    /// A grant that holds, or may, is an answer, whatever else there is.
    Reach reach() {
      return switch (seen) {
        case Reach.Granted _, Reach.Perhaps _ -> seen;
        case Reach.Unmet _, Reach.Missing _ ->
            hidden.<Reach>map(what -> new Reach.Unseen(what, seen)).orElse(seen);
      };
    }
  }

  private static Instant until(Reach.Seen reach) {
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
