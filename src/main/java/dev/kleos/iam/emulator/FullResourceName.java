package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import java.util.regex.Pattern;

/// Names with the service in front, such as
/// `//cloudresourcemanager.googleapis.com/projects/kleos-demo` (**documented**).
final class FullResourceName {
  private static final String ACCOUNTS = "//iam.googleapis.com/";
  private static final String SERVICES = "//run.googleapis.com/";

  /// Where gcloud is led to an emulator, it names projects by that place (**recorded**).
  private static final Pattern PROJECTS =
      Pattern.compile("//(?:cloudresourcemanager\\.googleapis\\.com|127\\.0\\.0\\.1:\\d+)/(.*)");

  private FullResourceName() {}

  /// The kind of the resource that is named. Used under the world's lock.
  ///
  /// @throws StatusRuntimeException when it is malformed, there is no such resource, or the caller
  ///   may not see it, as the resource's own API says it (**assumed**)
  static ResourceKind kind(Permitted permitted, String name) {
    if (name.startsWith(ACCOUNTS)) {
      permitted.account(name.substring(ACCOUNTS.length()), "iam.serviceAccounts.get");
      return ResourceKind.SERVICE_ACCOUNT;
    }
    if (name.startsWith(SERVICES)) {
      permitted.service(name.substring(SERVICES.length()), "run.services.get");
      return ResourceKind.SERVICE;
    }
    var project = PROJECTS.matcher(name);
    if (project.matches()) {
      permitted.project(project.group(1), "resourcemanager.projects.get");
      return ResourceKind.PROJECT;
    }
    throw Errors.invalidArgument();
  }
}
