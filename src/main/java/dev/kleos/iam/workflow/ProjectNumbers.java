package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Refusal;
import java.util.List;

/// Holds each project against the number that its plan expects: an id can be given anew to another
/// project, a number never is.
final class ProjectNumbers {
  private ProjectNumbers() {}

  /// Adds what does not fit to the refusals, and what cannot be told to the failures.
  static void check(
      DesiredState desired, Catalog catalog, List<Refusal> refusals, List<Failure> unreadable) {
    desired
        .projectNumbers()
        .forEach((id, expected) -> {
          var project = new Resource.Project(id);
          try {
            var number = catalog.projectNumber(project);
            if (!number.equals(expected)) {
              refusals.add(
                  new Refusal(
                      project,
                      "has the number " + number + ", the plan expects " + expected,
                      "it is another project: mend project or expectedProjectNumber in the plan"
                          + " file"));
            }
          } catch (CloudException e) {
            unreadable.add(e.failure());
          }
        });
  }
}
