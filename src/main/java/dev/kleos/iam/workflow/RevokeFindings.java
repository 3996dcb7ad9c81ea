package dev.kleos.iam.workflow;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Remainder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was read for a revocation, and what it comes to.
///
/// @param changeSet what is to end
record RevokeFindings(LiveState live, ChangeSet changeSet) {
  /// Whether the resource's policy was read, or is known not to be there.
  boolean isKnown(Resource resource) {
    var found = live.policies().get(resource);
    return found instanceof Live.Read || found instanceof Live.Absent;
  }

  /// The resources on which a removal was tried and is not done.
  static Set<Resource> failed(List<AppliedChange> applied) {
    var failed = new HashSet<Resource>();
    for (var step : applied) {
      switch (step.outcome()) {
        case Outcome.Applied _, Outcome.AlreadyInEffect _ -> {}
        case Outcome.Failed _,
            Outcome.Contended _,
            Outcome.Skipped _,
            Outcome.Rewritten _,
            Outcome.Partly _,
            Outcome.Stopped _ ->
            failed.add(step.change().resource());
      }
    }
    return failed;
  }

  /// What access would be left where every step succeeds.
  Remainder remainder(RevokeRequest request, Instant now) {
    return remainder(request, changeSet.changes(), now);
  }

  /// What access is left after these steps.
  Remainder remainderAfter(RevokeRequest request, List<AppliedChange> applied, Instant now) {
    var failed = failed(applied);
    return remainder(
        request,
        applied.stream()
            .map(AppliedChange::change)
            .filter(change -> !failed.contains(change.resource()))
            .toList(),
        now);
  }

  private Remainder remainder(RevokeRequest request, List<Change> done, Instant now) {
    var policies = livePolicies();
    for (var change : done) {
      if (change instanceof ModifyPolicy(var resource, var planned, var diff)) {
        policies.put(resource, planned.withGrants(diff.applyTo(planned.grants())));
      }
    }
    return Remainder.of(request.principals(), policies, now);
  }

  private Map<Resource, AllowPolicy> livePolicies() {
    var policies = new LinkedHashMap<Resource, AllowPolicy>();
    for (var resource : live.policies().keySet().stream().sorted().toList()) {
      if (live.policies().get(resource) instanceof Live.Read(var policy)) {
        policies.put(resource, policy);
      }
    }
    return policies;
  }

  /// Everyone who has anything.
  Set<Principal> members() {
    var members = new LinkedHashSet<Principal>();
    livePolicies()
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
