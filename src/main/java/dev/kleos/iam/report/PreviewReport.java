package dev.kleos.iam.report;

import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Refusal;
import java.time.Instant;
import java.util.List;

/// A whole preview for people, in the order in which they need it: what would change, who has
/// access without being named, and what is in the way.
public final class PreviewReport {
  private final ChangeReport changes;
  private final FailureReport failures;
  private final Origins origins;

  /// Prepares a report.
  ///
  /// @param now what decides whether a condition has ended
  /// @param verbose whether each line says where in the plan files it comes from
  public PreviewReport(
      Screen screen, Origins origins, Wording wording, Instant now, boolean verbose) {
    this.changes = new ChangeReport(screen, origins, wording, now, verbose);
    this.failures = new FailureReport(screen);
    this.origins = origins;
  }

  /// Prints all of it but the sum.
  ///
  /// @param prune the command that ends unmanaged access, without the flags that it takes
  public void print(ChangeSet changeSet, List<Refusal> refusals, PruneCommand prune) {
    changes.changes(changeSet);
    changes.disabled(changeSet.disabled());
    changes.unmanaged(changeSet, remedy(changeSet, prune));
    changes.firstConditions(changeSet);
    changes.losses(changeSet);
    failures.unreadable(changeSet.unreadable());
    failures.refusals(refusals, origins);
  }

  private static String remedy(ChangeSet changeSet, PruneCommand prune) {
    var onProject = false;
    var elsewhere = false;
    for (var unmanaged : changeSet.unmanaged()) {
      if (!unmanaged.isProtected()) {
        var project = unmanaged.resource() instanceof Resource.Project;
        onProject |= project;
        elsewhere |= !project;
      }
    }
    return "To let them keep it, name them in the plan file. To end it: "
        + prune.with(elsewhere, onProject);
  }

  /// How `apply` is told to remove unmanaged grants.
  @FunctionalInterface
  public interface PruneCommand {
    /// The command line.
    ///
    /// @param resources on accounts and services
    /// @param project on the project itself
    String with(boolean resources, boolean project);
  }
}
