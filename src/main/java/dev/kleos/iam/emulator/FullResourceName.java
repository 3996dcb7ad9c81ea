package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;

/// Names with the service in front, such as
/// `//cloudresourcemanager.googleapis.com/projects/kleos-demo` (**documented**).
final class FullResourceName {
  private static final String ACCOUNTS = "//iam.googleapis.com/";
  private static final String SERVICES = "//run.googleapis.com/";
  private static final String PROJECTS = "//cloudresourcemanager.googleapis.com/";

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
    if (name.startsWith(PROJECTS)) {
      permitted.project(name.substring(PROJECTS.length()), "resourcemanager.projects.get");
      return ResourceKind.PROJECT;
    }
    throw Errors.invalidArgument();
  }
}
