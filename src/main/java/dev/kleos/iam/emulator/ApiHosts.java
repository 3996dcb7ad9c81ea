package dev.kleos.iam.emulator;

/// The names under which Google's APIs are known, to be enabled or told in errors.
final class ApiHosts {
  private ApiHosts() {}

  /// The API that a method belongs to (**documented**), such as `iam.googleapis.com`.
  ///
  /// @param method the full gRPC method, such as `google.iam.admin.v1.IAM/GetServiceAccount`
  static String of(String method) {
    var service = method.substring(0, Math.max(0, method.indexOf('/')));
    return switch (service) {
      case "google.iam.admin.v1.IAM" -> "iam.googleapis.com";
      case "google.iam.credentials.v1.IAMCredentials" -> "iamcredentials.googleapis.com";
      case "google.cloud.run.v2.Services" -> "run.googleapis.com";
      case "google.cloud.resourcemanager.v3.Projects" -> "cloudresourcemanager.googleapis.com";
      case "google.api.serviceusage.v1.ServiceUsage" -> "serviceusage.googleapis.com";
      default -> "googleapis.com";
    };
  }
}
