package dev.kleos.iam.planner;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What ends the access of some principals: on the plan's accounts and services every grant of a
/// managed role, whatever its condition and whether the plan names it or not; on the project itself
/// only what the plan names, because there a managed role may be anybody's. A pure function.
///
/// Protected principals are not spared: somebody has asked for this one by name.
public final class Revocation {
  private final Set<Principal> principals;

  public Revocation(Set<Principal> principals) {
    this.principals = Set.copyOf(principals);
  }

  /// The removals, a step a policy, in the order of the plan; what could not be read is in it as
  /// such, and the rest is planned all the same.
  public ChangeSet plan(DesiredState desired, LiveState live) {
    var changes = new ArrayList<Change>();
    var unreadable = new LinkedHashSet<Failure>();
    for (var policy : desired.policies()) {
      switch (live.policy(policy.resource())) {
        case Live.Absent() -> {}
        case Live.Unreadable(var failure) -> unreadable.add(failure);
        case Live.Read(var found) -> {
          var removed = ending(policy, found);
          if (!removed.isEmpty()) {
            var diff = GrantDiff.of(Set.of(), removed);
            changes.add(new Change.ModifyPolicy(policy.resource(), found, diff));
          }
        }
      }
    }
    return ChangeSet.of(changes).withUnreadable(List.copyOf(unreadable));
  }

  private Set<Grant> ending(DesiredPolicy policy, AllowPolicy live) {
    var ending = new LinkedHashSet<Grant>();
    for (var grant : live.grants()) {
      if (principals.contains(grant.principal()) && answersFor(policy, grant)) {
        ending.add(grant);
      }
    }
    return ending;
  }

  private static boolean answersFor(DesiredPolicy policy, Grant grant) {
    return switch (policy.resource()) {
      case Resource.Account _, Resource.Service _ -> policy.managedRoles().contains(grant.role());
      case Resource.Project _ -> policy.names(grant.assignment());
    };
  }
}
