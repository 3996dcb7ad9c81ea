package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Guard;
import dev.kleos.iam.planner.Planner;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Refusal;
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

  /// What would change; a plan of another project than it says is refused, whatever it asks for.
  public Previewed run(DesiredState desired, Pruning pruning) throws InterruptedException {
    var wanted = pruning.applyTo(desired);
    var live = new LiveReader(cloud, progress).read(wanted);
    var changeSet = Planner.plan(wanted, live, clock.instant());
    var refusals = new ArrayList<Refusal>();
    var unreadable = new ArrayList<>(changeSet.unreadable());
    wanted.projectNumbers().forEach((id, number) -> checkNumber(id, number, refusals, unreadable));
    refusals.addAll(Guard.check(wanted, changeSet));
    return new Previewed(
        new ChangeSet(changeSet.changes(), changeSet.unmanaged(), changeSet.disabled(), unreadable),
        refusals);
  }

  private void checkNumber(
      String projectId, String expected, List<Refusal> refusals, List<Failure> unreadable) {
    var project = new Resource.Project(projectId);
    try {
      var number = cloud.catalog().projectNumber(project);
      if (!number.equals(expected)) {
        refusals.add(
            new Refusal(
                project,
                "has the number " + number + ", the plan expects " + expected,
                "it is another project: mend project or expectedProjectNumber in the plan file"));
      }
    } catch (CloudException e) {
      unreadable.add(e.failure());
    }
  }
}
