package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import java.util.Optional;

/// What is behind calls that failed, where that is the same whatever the call was about.
final class Refusals {
  private static final String UNAUTHENTICATED = "UNAUTHENTICATED";

  private Refusals() {}

  /// Whether Google does not know the caller.
  static boolean isUnknownCaller(CloudException e) {
    return e.failure().code().equals(UNAUTHENTICATED);
  }

  /// The step as which it counts, where the call's own subject is not to blame: an API that is
  /// switched off, a quota project, a network.
  ///
  /// @param project that of the road, which is to be paid for by itself
  static Optional<Step> elsewhere(CloudException e, String project) {
    var failure = e.failure();
    if (isUnknownCaller(e)) {
      return Optional.of(
          Step.broken(Stage.CREDENTIALS, failure.message(), new Remedy.Advice(failure.advice())));
    }
    if (!(e instanceof CloudException.Denied denied)) {
      return Optional.empty();
    }
    return switch (denied.reason()) {
      case PERMISSION -> Optional.empty();
      case API_DISABLED -> Optional.of(disabled(denied.api(), project));
      case QUOTA_PROJECT ->
          Optional.of(Step.broken(Stage.QUOTA_PROJECT, failure.message(), quotaProject(project)));
      case PERIMETER ->
          Optional.of(
              Step.broken(Stage.PROJECT, failure.message(), new Remedy.Advice(failure.advice())));
    };
  }

  static Step disabled(String api, String project) {
    var remedy =
        api.isEmpty()
            ? new Remedy.Advice("Enable the API in " + project + ".")
            : Remedy.Shell.of("gcloud", "services", "enable", api, "--project", project);
    return Step.broken(
        Stage.APIS, (api.isEmpty() ? "an API" : api) + " is not enabled in " + project, remedy);
  }

  static Remedy quotaProject(String project) {
    return Remedy.Shell.of("gcloud", "auth", "application-default", "set-quota-project", project);
  }

  /// Whether it is for want of a permission.
  static boolean isForbidden(CloudException e) {
    return e instanceof CloudException.Denied denied && denied.reason() == Reason.PERMISSION;
  }
}
