package dev.kleos.iam.checkup;

import java.util.List;

/// What is known on this machine that mends the way to Google, where Google's answers show that it
/// is broken.
///
/// @param login makes the caller known again
/// @param quotaProject has calls counted for a project that the caller may use
/// @param projects the ids of projects that gcloud and the credentials name
public record Ways(Remedy login, Remedy quotaProject, List<String> projects) {
  public Ways {
    projects = List.copyOf(projects);
  }

  /// A step whose fault is on the way, with what mends that.
  Step mended(Step step) {
    if (!step.isBroken()) {
      return step;
    }
    return switch (step.stage()) {
      case CREDENTIALS -> step.with(login);
      case QUOTA_PROJECT -> step.with(quotaProject);
      default -> step;
    };
  }
}
