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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
          needed(resource, grant)
              .filter(allowance -> allowance != allowances.get(grant))
              .ifPresent(allowance -> refusals.add(refusal(resource, grant, allowance)));
        }
      }
    }
    return refusals;
  }

  private static Optional<Allowance> needed(Resource resource, Grant grant) {
    if (grant.principal().isPublic()) {
      return Optional.of(Allowance.PUBLIC);
    }
    if (grant.role().isBasic()) {
      return Optional.of(Allowance.BASIC_ROLE);
    }
    return resource instanceof Resource.Project && grant.role().isImpersonation()
        ? Optional.of(Allowance.PROJECT_WIDE)
        : Optional.empty();
  }

  private static Refusal refusal(Resource resource, Grant grant, Allowance allowance) {
    var what =
        switch (allowance) {
          case PUBLIC -> "that is everybody, also outside your organization";
          case BASIC_ROLE -> "that reaches nearly everything in the project";
          case PROJECT_WIDE -> "on the project, that reaches every account in it";
        };
    var key = allowance.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Refusal(
        resource,
        "would grant " + grant.role() + " to " + grant.principal() + ": " + what,
        "if that is meant, write `allow: " + key + "` into its entry in the plan file");
  }
}
