package dev.kleos.iam.planner;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Refuses grants that reach further than most mean, unless their entry says so.
final class AllowanceGuard {
  private AllowanceGuard() {}

  static void check(
      DesiredState desired, List<ModifyPolicy> modifications, List<Refusal> refusals) {
    var said = new HashMap<Resource, Map<Grant, Allowance>>();
    desired.policies().forEach(policy -> said.put(policy.resource(), policy.allowances()));
    for (var modify : modifications) {
      var allowances = said.getOrDefault(modify.resource(), Map.of());
      for (var grant : modify.diff().added()) {
        var needed = Allowance.neededFor(modify.resource(), grant.role(), grant.principal());
        for (var allowance : needed) {
          if (allowance != allowances.get(grant)) {
            refusals.add(refusal(modify.resource(), grant, allowance, needed.size() == 1));
          }
        }
      }
    }
  }

  private static Refusal refusal(
      Resource resource, Grant grant, Allowance allowance, boolean canBeAllowed) {
    var entry = "{principal: " + grant.principal() + ", allow: " + allowance.spelling() + "}";
    return new Refusal(
        resource,
        "would grant " + grant.role() + " to " + grant.principal() + ": " + allowance.why(),
        canBeAllowed ? "if that is meant, write the entry as: - " + entry : Allowance.NEVER,
        grant.assignment());
  }
}
