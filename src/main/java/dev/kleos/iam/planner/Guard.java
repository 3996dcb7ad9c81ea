package dev.kleos.iam.planner;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks a change set over before its first write, and refuses what is more often a slip than
/// meant. A pure function: the same change set gets the same refusals.
public final class Guard {
  private Guard() {}

  /// What speaks against applying the changes; nothing is written while there is any.
  public static List<Refusal> check(DesiredState desired, ChangeSet changeSet) {
    var said = new HashMap<Resource, Map<Grant, Allowance>>();
    desired.policies().forEach(policy -> said.put(policy.resource(), policy.allowances()));
    var refusals = new ArrayList<Refusal>();
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy(var resource, _, var diff)) {
        var allowances = said.getOrDefault(resource, Map.of());
        for (var grant : diff.added()) {
          var needed = Allowance.neededFor(resource, grant.role(), grant.principal());
          needed.stream()
              .filter(allowance -> allowance != allowances.get(grant))
              .map(allowance -> refusal(resource, grant, allowance, needed.size() == 1))
              .forEach(refusals::add);
        }
      }
    }
    return refusals;
  }

  private static Refusal refusal(
      Resource resource, Grant grant, Allowance allowance, boolean canBeAllowed) {
    var entry = "{principal: " + grant.principal() + ", allow: " + allowance.spelling() + "}";
    return new Refusal(
        resource,
        "would grant " + grant.role() + " to " + grant.principal() + ": " + allowance.why(),
        canBeAllowed ? "if that is meant, write the entry as: - " + entry : Allowance.NEVER);
  }
}
