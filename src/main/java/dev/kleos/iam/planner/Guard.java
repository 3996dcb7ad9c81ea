package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks a change set over before its first write, and refuses what is more often a slip than
/// meant, and what Google would refuse. A pure function: the same change set gets the same
/// refusals, all of them at once.
public final class Guard {
  private Guard() {}

  /// What speaks against applying the changes; nothing is written while there is any.
  public static List<Refusal> check(DesiredState desired, ChangeSet changeSet, Safety safety) {
    var modifications = modifications(changeSet.changes());
    var refusals = new ArrayList<Refusal>();
    AllowanceGuard.check(desired, modifications, refusals);
    RemovalGuard.check(desired, modifications, safety, refusals);
    LastGrantGuard.check(modifications, disabled(changeSet), safety, refusals);
    OwnRoleGuard.check(modifications, safety, refusals);
    RecreationGuard.check(changeSet, safety, refusals);
    LimitGuard.check(modifications, refusals);
    return refusals;
  }

  /// The same for removals that somebody has asked for by the principal's name: how many they are
  /// was the question, and only what would lock the caller out is refused.
  public static List<Refusal> checkRevocation(ChangeSet changeSet, Safety safety) {
    var refusals = new ArrayList<Refusal>();
    OwnRoleGuard.check(modifications(changeSet.changes()), safety, refusals);
    return refusals;
  }

  private static Set<Principal> disabled(ChangeSet changeSet) {
    return changeSet.disabled().stream().map(Resource.Account::principal).collect(toSet());
  }

  private static List<ModifyPolicy> modifications(List<Change> changes) {
    return changes.stream()
        .filter(ModifyPolicy.class::isInstance)
        .map(ModifyPolicy.class::cast)
        .toList();
  }
}
