package dev.kleos.iam.planner;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Desired state × live state → change set: accounts first, then one step a policy, in the order of
/// the plan. A pure function.
public final class Planner {
  private final LiveState live;
  private final Pruning pruning;
  private final Instant now;
  private final Findings findings;
  private final List<Change> changes = new ArrayList<>();
  private final List<UnmanagedGrant> unmanaged = new ArrayList<>();
  private final List<Resource.Account> disabled = new ArrayList<>();
  private final Set<Failure> unreadable = new LinkedHashSet<>();

  private Planner(DesiredState desired, LiveState live, Pruning pruning, Instant now) {
    this.live = live;
    this.pruning = pruning;
    this.now = now;
    this.findings = new Findings(desired, live, pruning, now);
  }

  /// The change set; live state that could not be read is in it as such.
  ///
  /// @param now what decides whether a condition has ended
  public static ChangeSet plan(DesiredState desired, LiveState live, Pruning pruning, Instant now) {
    var wanted = pruning.applyTo(desired);
    var planner = new Planner(wanted, live, pruning, now);
    wanted.accounts().forEach(planner::planAccount);
    wanted.policies().forEach(planner::planPolicy);
    return new ChangeSet(
        planner.changes,
        planner.unmanaged,
        planner.disabled,
        planner.findings.all(),
        List.copyOf(planner.unreadable));
  }

  private void planAccount(ServiceAccount account) {
    switch (live.account(account.resource())) {
      case Live.Absent() -> changes.add(new Change.CreateServiceAccount(account));
      case Live.Unreadable(var failure) -> unreadable.add(failure);
      case Live.Read(var found) -> {
        if (found.disabled()) {
          disabled.add(account.resource());
        }
        if (!found.satisfies(account)) {
          changes.add(new Change.UpdateServiceAccount(found, account));
        }
      }
    }
  }

  private void planPolicy(DesiredState.DesiredPolicy policy) {
    switch (live.policy(policy.resource())) {
      case Live.Absent() -> planPolicy(policy, AllowPolicy.NONE);
      case Live.Unreadable(var failure) -> unreadable.add(failure);
      case Live.Read(var found) -> planPolicy(policy, found);
    }
  }

  private void planPolicy(DesiredState.DesiredPolicy policy, AllowPolicy found) {
    var ownership = Ownership.of(policy, pruning, now);
    var next = new LinkedHashSet<>(policy.grants());
    for (var grant : found.grants()) {
      switch (ownership.of(grant)) {
        case KEEP -> next.add(grant);
        case REPORT -> {
          next.add(grant);
          unmanaged.add(new UnmanagedGrant(policy.resource(), grant));
        }
        case REMOVE -> {}
      }
    }
    var diff = GrantDiff.between(found.grants(), next);
    findings.add(policy, ownership, found, diff.isEmpty() ? found : found.withGrants(next));
    if (!diff.isEmpty()) {
      changes.add(new Change.ModifyPolicy(policy.resource(), found, diff));
    }
  }
}
