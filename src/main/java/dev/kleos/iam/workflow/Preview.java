package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
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
    var found = look(desired, pruning);
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
    return look(desired, Pruning.NONE);
  }

  private Previewed look(DesiredState desired, Pruning pruning) throws InterruptedException {
    var refusals = new ArrayList<Refusal>();
    var unreadable = new ArrayList<Failure>();
    ProjectNumbers.check(desired, cloud.catalog(), refusals, unreadable);
    if (!refusals.isEmpty()) {
      return new Previewed(ChangeSet.EMPTY, refusals);
    }
    var live = new LiveReader(cloud, progress).read(desired);
    var changeSet = Planner.plan(desired, live, pruning, clock.instant());
    unreadable.addAll(changeSet.unreadable());
    return new Previewed(changeSet.withUnreadable(unreadable), List.of());
  }
}
