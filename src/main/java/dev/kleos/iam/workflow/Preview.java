package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.planner.Guard;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Planner;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.planner.Safety;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Reads live state and works out what would change. Never writes.
public final class Preview {
  private final Cloud cloud;
  private final InstantSource clock;
  private final Progress progress;

  public Preview(Cloud cloud, InstantSource clock, Progress progress) {
    this.cloud = cloud;
    this.clock = clock;
    this.progress = progress;
  }

  /// What would change, and what speaks against it: a guard, or an account that is not there.
  public Previewed run(DesiredState desired, Pruning pruning, Overrides overrides)
      throws InterruptedException {
    return guarded(desired, look(desired, pruning, LiveReader::read), overrides);
  }

  /// The same for a plan that is narrowed to grants on one resource: of an account only the policy
  /// is read, which tells whether it is there.
  public Previewed ofGrants(DesiredState desired, Overrides overrides) throws InterruptedException {
    return guarded(desired, look(desired, Pruning.NONE, LiveReader::readPolicies), overrides);
  }

  /// The same change set with what speaks against it, unless something does already.
  Previewed guarded(DesiredState desired, Previewed found, Overrides overrides)
      throws InterruptedException {
    if (!found.refusals().isEmpty()) {
      return found;
    }
    var safety = new Safety(overrides, cloud.caller().principal().orElse(null), clock.instant());
    var refusals = new ArrayList<>(Guard.check(desired, found.changeSet(), safety));
    refusals.addAll(MissingAccounts.check(desired, found.changeSet(), cloud.accounts()));
    return new Previewed(found.changeSet(), refusals);
  }

  /// What differs. The one refusal here is that the plan is for another project than it says, of
  /// which nothing is read then.
  public Previewed look(DesiredState desired) throws InterruptedException {
    return look(desired, Pruning.NONE, LiveReader::read);
  }

  private Previewed look(DesiredState desired, Pruning pruning, Reading reading)
      throws InterruptedException {
    var refusals = new ArrayList<Refusal>();
    var unreadable = new ArrayList<Failure>();
    ProjectNumbers.check(desired, cloud.catalog(), refusals, unreadable);
    if (!refusals.isEmpty()) {
      return new Previewed(ChangeSet.EMPTY, refusals);
    }
    var live = reading.of(new LiveReader(cloud, progress), desired);
    var changeSet = Planner.plan(desired, live, pruning, clock.instant());
    unreadable.addAll(changeSet.unreadable());
    return new Previewed(changeSet.withUnreadable(unreadable), List.of());
  }

  /// How much is read.
  @FunctionalInterface
  private interface Reading {
    LiveState of(LiveReader reader, DesiredState desired) throws InterruptedException;
  }
}
