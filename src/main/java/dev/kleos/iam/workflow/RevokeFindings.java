package dev.kleos.iam.workflow;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was read for a revocation, and what it comes to.
record RevokeFindings(LiveState live, ChangeSet changeSet) {
  /// Whether the resource's policy could be read, or is known not to be there.
  boolean isKnown(Resource resource) {
    return !(live.policies().get(resource) instanceof Live.Unreadable);
  }

  /// The resources on which a removal was tried and is not done.
  static Set<Resource> failed(List<AppliedChange> applied) {
    var failed = new HashSet<Resource>();
    for (var step : applied) {
      switch (step.outcome()) {
        case Outcome.Applied _, Outcome.AlreadyInEffect _, Outcome.Rewritten _ -> {}
        case Outcome.Failed _, Outcome.Contended _, Outcome.Skipped _ ->
            failed.add(step.change().resource());
      }
    }
    return failed;
  }

  /// The policies as they are after these steps.
  Map<Resource, AllowPolicy> policiesAfter(List<AppliedChange> applied) {
    var failed = failed(applied);
    var policies = new LinkedHashMap<Resource, AllowPolicy>();
    for (var resource : live.policies().keySet().stream().sorted().toList()) {
      if (live.policies().get(resource) instanceof Live.Read(var policy)) {
        policies.put(resource, policy);
      }
    }
    for (var step : applied) {
      if (step.change() instanceof ModifyPolicy(var resource, var planned, var diff)
          && !failed.contains(resource)) {
        policies.put(resource, planned.withGrants(diff.applyTo(planned.grants())));
      }
    }
    return policies;
  }

  /// Everyone who has anything.
  Set<Principal> members() {
    var members = new LinkedHashSet<Principal>();
    policiesAfter(List.of())
        .values()
        .forEach(policy -> policy.grants().forEach(grant -> members.add(grant.principal())));
    return members;
  }

  /// What could not be read beside what was to be changed.
  List<Failure> unseen() {
    var unseen = new ArrayList<Failure>();
    for (var policy : live.policies().values()) {
      if (policy instanceof Live.Unreadable(var failure)
          && !changeSet.unreadable().contains(failure)) {
        unseen.add(failure);
      }
    }
    return unseen;
  }
}
