package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.simulation.SimulatedCloud.SimulatedPolicies;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Ways to make something else of a policy on its way.
final class BrokenContent {
  private BrokenContent() {}

  /// Writes something else.
  record Written(SimulatedPolicies policies, UnaryOperator<AllowPolicy> change)
      implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return policies.read(resource);
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return policies.compareAndSet(resource, change.apply(next));
    }
  }

  /// Reads something else.
  record Read(SimulatedPolicies policies, UnaryOperator<AllowPolicy> change) implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return change.apply(policies.read(resource));
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return policies.compareAndSet(resource, next);
    }
  }

  static AllowPolicy withoutConditions(AllowPolicy policy) {
    return eachGrant(policy, grant -> Grant.of(grant.role(), grant.principal()));
  }

  static AllowPolicy withoutForeignConditions(AllowPolicy policy) {
    return eachGrant(
        policy,
        grant ->
            grant.role().name().equals(Scene.FOREIGN)
                ? Grant.of(grant.role(), grant.principal())
                : grant);
  }

  static AllowPolicy inLowerCase(AllowPolicy policy) {
    var spellings = new LinkedHashMap<Grant, Set<String>>();
    policy
        .spellings()
        .forEach((grant, members) -> {
          var lower = new LinkedHashSet<String>();
          members.forEach(member -> lower.add(Line.key(member)));
          spellings.put(grant, lower);
        });
    return new AllowPolicy(policy.etag(), spellings, policy.exemptions());
  }

  private static AllowPolicy eachGrant(AllowPolicy policy, UnaryOperator<Grant> change) {
    var spellings = new LinkedHashMap<Grant, Set<String>>();
    policy
        .spellings()
        .forEach((grant, members) ->
            spellings
                .computeIfAbsent(change.apply(grant), _ -> new LinkedHashSet<>())
                .addAll(members));
    return new AllowPolicy(policy.etag(), spellings, policy.exemptions());
  }
}
