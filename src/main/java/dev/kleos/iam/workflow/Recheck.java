package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Rebase;
import dev.kleos.iam.planner.Rebased;
import dev.kleos.iam.planner.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at what saved changes are about, and at nothing else: each account once, each policy once.
/// Never writes.
public final class Recheck {
  private final Cloud cloud;
  private final InstantSource clock;
  private final Progress progress;

  public Recheck(Cloud cloud, InstantSource clock, Progress progress) {
    this.cloud = cloud;
    this.clock = clock;
    this.progress = progress;
  }

  /// What has become of the changes, and what is left of them with what speaks against it: by the
  /// guards, which hold them against what is live now and against whoever is at work now.
  ///
  /// @param previewed of nothing where something moved
  public record Rechecked(Rebased rebased, Previewed previewed) {}

  /// Looks at what the changes are about, and holds what is left of them against the guards.
  ///
  /// @param desired all that the plan asked for
  /// @param ours accounts that an earlier run of these changes has created, or may have
  public Rechecked run(
      DesiredState desired, ChangeSet planned, Set<Resource.Account> ours, Overrides overrides)
      throws InterruptedException {
    var refusals = new ArrayList<Refusal>();
    var unreadable = new ArrayList<Failure>();
    ProjectNumbers.check(desired, cloud.catalog(), refusals, unreadable);
    if (!refusals.isEmpty()) {
      var nothing = new Rebased(ChangeSet.EMPTY, List.of(), List.of(), List.of());
      return new Rechecked(nothing, new Previewed(ChangeSet.EMPTY, refusals));
    }
    var live = new LiveReader(cloud, progress).read(touched(desired, planned));
    var rebased = Rebase.onto(planned, live, ours);
    unreadable.addAll(rebased.changeSet().unreadable());
    var found = new Previewed(rebased.changeSet().withUnreadable(unreadable), List.of());
    return new Rechecked(
        rebased,
        rebased.moved().isEmpty()
            ? new Preview(cloud, clock, progress).guarded(desired, found, overrides)
            : new Previewed(ChangeSet.EMPTY.withUnreadable(unreadable), List.of()));
  }

  /// What the plan asks of that which changes.
  private static DesiredState touched(DesiredState desired, ChangeSet planned) {
    var accounts =
        planned.changes().stream()
            .filter(change -> !(change instanceof Change.ModifyPolicy))
            .map(Change::resource)
            .collect(toSet());
    var policies =
        planned.changes().stream()
            .filter(Change.ModifyPolicy.class::isInstance)
            .map(Change::resource)
            .collect(toSet());
    return new DesiredState(
        desired.accounts().stream().filter(it -> accounts.contains(it.resource())).toList(),
        desired.policies().stream().filter(it -> policies.contains(it.resource())).toList(),
        desired.projectNumbers());
  }
}
