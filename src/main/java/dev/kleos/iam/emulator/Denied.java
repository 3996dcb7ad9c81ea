package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import io.grpc.StatusRuntimeException;

/// How Google's APIs refuse who lacks a permission; each in words of its own. What is missing is
/// refused alike, where Google does not let on whether it is there.
final class Denied {
  private Denied() {}

  /// IAM and IAM Credentials. Text and detail are **recorded** for the token methods and
  /// **assumed** for the others; that the detail names the resource is **assumed**.
  static StatusRuntimeException iam(String permission, String resource) {
    return denied(
        "Permission '" + permission + "' denied on resource (or it may not exist).",
        info("iam.googleapis.com", permission, resource));
  }

  /// Cloud Run: the text is **recorded**, the detail **assumed**.
  static StatusRuntimeException run(String permission, String resource) {
    return denied(
        "Permission '"
            + permission
            + "' denied on resource '"
            + resource
            + "' (or resource may not exist).",
        info("run.googleapis.com", permission, resource));
  }

  /// Resource Manager: the text is **recorded**, the detail **assumed**.
  static StatusRuntimeException project(String permission, String resource) {
    return denied(
        "The caller does not have permission",
        info("cloudresourcemanager.googleapis.com", permission, resource));
  }

  /// IAM, of a custom role or of a project's. The texts are **recorded**, the detail is
  /// **assumed**.
  ///
  /// @param what such as `list roles in `
  static StatusRuntimeException roles(String permission, String what, String resource) {
    return denied(
        "You don't have permission to " + what + resource + ".",
        info("iam.googleapis.com", permission, resource));
  }

  /// A project whose quota a caller may not use: text and details are **recorded**.
  ///
  /// @param api the API that is called, such as `run.googleapis.com`
  static StatusRuntimeException userProject(String project, String api) {
    var console = "https://console.developers.google.com/iam-admin/iam/project?project=" + project;
    var info =
        ErrorInfo.newBuilder()
            .setReason("USER_PROJECT_DENIED")
            .setDomain("googleapis.com")
            .putMetadata("service", api)
            .putMetadata("consumer", "projects/" + project)
            .build();
    var help =
        Help.newBuilder()
            .addLinks(
                Help.Link.newBuilder()
                    .setDescription("Google developer console IAM admin")
                    .setUrl(console))
            .build();
    return Errors.of(
        Code.PERMISSION_DENIED,
        "Caller does not have required permission to use project "
            + project
            + ". Grant the caller the roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission, by visiting "
            + console
            + " and then retry. Propagation of the new permission may take a few minutes.",
        help,
        info);
  }

  private static StatusRuntimeException denied(String text, ErrorInfo info) {
    return Errors.of(Code.PERMISSION_DENIED, text, info);
  }

  private static ErrorInfo info(String api, String permission, String resource) {
    return ErrorInfo.newBuilder()
        .setReason("IAM_PERMISSION_DENIED")
        .setDomain(api)
        .putMetadata("permission", permission)
        .putMetadata("resource", resource)
        .build();
  }
}
