package dev.kleos.iam.checkup;

import java.util.List;

/// What is known on this machine that mends the way to Google, where Google's answers show that it
/// is broken.
///
/// @param login makes the caller known again
/// @param quotaProject has calls counted for a project that the caller may use
/// @param projects the ids of projects that gcloud and the credentials name
public record Ways(Mend login, Mend quotaProject, List<String> projects) {
  public Ways {
    projects = List.copyOf(projects);
  }

  /// How one fault is mended.
  ///
  /// @param finding what is wrong, in words of this machine; empty where Google's are better
  /// @param remedy none where Google's is better
  public record Mend(String finding, Remedy remedy) {
    private Step of(Step step) {
      return Step.broken(
          step.stage(),
          finding.isEmpty() ? step.finding() : finding,
          remedy instanceof Remedy.None ? step.remedy() : remedy);
    }
  }

  /// A step whose fault is on the way, with what mends that.
  Step mended(Step step) {
    if (!step.isBroken()) {
      return step;
    }
    return switch (step.stage()) {
      case CREDENTIALS -> login.of(step);
      case QUOTA_PROJECT -> quotaProject.of(step);
      default -> step;
    };
  }
}
