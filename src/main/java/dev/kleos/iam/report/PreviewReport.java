package dev.kleos.iam.report;

import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A whole preview for people, in the order in which they need it: what would change, who has
/// access without being named, and what is in the way.
public final class PreviewReport {
  private final ChangeReport changes;
  private final FindingReport findings;
  private final FailureReport failures;
  private final Origins origins;
  private final Wording wording;
  private final Command apply;

  /// Prepares a report.
  ///
  /// @param now what decides whether a condition has ended
  /// @param verbose whether each line says where in the plan files it comes from
  /// @param apply the command that changes things
  public PreviewReport(
      Screen screen,
      Origins origins,
      Wording wording,
      Instant now,
      boolean verbose,
      Command apply) {
    this.wording = wording;
    this.apply = apply;
    this.findings = new FindingReport(screen, origins, now, flag -> apply.with(List.of(flag)));
    this.changes = new ChangeReport(screen, origins, wording, now, verbose);
    this.failures = new FailureReport(screen);
    this.origins = origins;
  }

  /// Prints all of it but the sum.
  public void print(ChangeSet changeSet, List<Refusal> refusals) {
    changes.changes(changeSet);
    changes.disabled(changeSet.disabled());
    changes.unmanaged(changeSet, remedy(changeSet));
    findings.endings(changeSet.findings(), wording);
    findings.print(changeSet.findings());
    changes.firstConditions(changeSet);
    changes.losses(changeSet);
    failures.unreadable(changeSet.unreadable());
    failures.refusals(refusals, origins);
  }

  private String remedy(ChangeSet changeSet) {
    var onProject = false;
    var elsewhere = false;
    for (var unmanaged : changeSet.unmanaged()) {
      if (!unmanaged.isProtected()) {
        var project = unmanaged.resource() instanceof Resource.Project;
        onProject |= project;
        elsewhere |= !project;
      }
    }
    var flags = new ArrayList<String>();
    if (elsewhere) {
      flags.add("--prune");
    }
    if (onProject) {
      flags.add("--prune-project");
    }
    return "To let them keep it, name them in the plan file. To end it: " + apply.with(flags);
  }

  /// A command line, ready to copy.
  @FunctionalInterface
  public interface Command {
    /// The command line with these flags more.
    String with(List<String> flags);
  }
}
