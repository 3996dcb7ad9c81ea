package dev.kleos.iam.emulator;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The names under which Google's APIs are known, to be enabled or told in errors.
final class ApiHosts {
  /// The one by which the others are enabled.
  static final String SERVICE_USAGE = "serviceusage.googleapis.com";

  /// The APIs that the emulator has, with their titles (**documented**).
  static final SortedMap<String, String> TITLES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "cloudresourcemanager.googleapis.com",
                  "Cloud Resource Manager API",
                  "iam.googleapis.com",
                  "Identity and Access Management (IAM) API",
                  "iamcredentials.googleapis.com",
                  "IAM Service Account Credentials API",
                  "run.googleapis.com",
                  "Cloud Run Admin API",
                  SERVICE_USAGE,
                  "Service Usage API")));

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
      case "google.api.serviceusage.v1.ServiceUsage" -> SERVICE_USAGE;
      default -> "googleapis.com";
    };
  }
}
