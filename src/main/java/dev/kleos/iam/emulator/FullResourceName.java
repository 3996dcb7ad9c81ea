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
  /// @throws StatusRuntimeException when it is malformed, or there is no such resource, as the
  ///   resource's own API says it (**assumed**)
  static ResourceKind kind(World world, String name) {
    if (name.startsWith(ACCOUNTS)) {
      AccountCalls.require(world, name.substring(ACCOUNTS.length()), "iam.serviceAccounts.get");
      return ResourceKind.SERVICE_ACCOUNT;
    }
    if (name.startsWith(SERVICES)) {
      RunApi.require(world, name.substring(SERVICES.length()), "run.services.get");
      return ResourceKind.SERVICE;
    }
    if (name.startsWith(PROJECTS)) {
      ProjectsApi.require(world, name.substring(PROJECTS.length()), "resourcemanager.projects.get");
      return ResourceKind.PROJECT;
    }
    throw Errors.invalidArgument();
  }
}
