package dev.kleos.iam.model;

import java.util.List;
import java.util.regex.Pattern;

/// Accounts that Google owns and that its services run as. Source: "Service agents" in Google's IAM
/// documentation.
///
/// Known by their host, never by their name alone: `service-123@my-project.iam…` is an account that
/// anybody can create, and must not pass for one of Google's. An agent of a host that is missing
/// here is treated as any other account: shown, and removed only where that was asked for.
/// `NUMBER-compute@developer` is none: it belongs to its project.
final class ServiceAgents {
  private static final List<String> HOSTS =
      List.of(
          "gcp-sa-[a-z0-9-]+",
          "[a-z0-9-]+\\.google\\.com",
          "bigquery-data-connectors",
          "bigquery-encryption",
          "cloud-cdn-fill",
          "cloud-filer",
          "cloud-memcache-sa",
          "cloud-redis",
          "cloud-tpu",
          "cloudcomposer-accounts",
          "compute-system",
          "container-analysis",
          "container-engine-robot",
          "containerregistry",
          "dataflow-service-producer-prod",
          "dataproc-accounts",
          "dlp-api",
          "endpoints-portal",
          "firebase-rules",
          "firebase-sa-management",
          "gcf-admin-robot",
          "gcp-gae-service",
          "gs-project-accounts",
          "remotebuildexecution",
          "security-center-api",
          "serverless-robot-prod",
          "service-consumer-management",
          "service-networking",
          "sourcerepo-service-accounts",
          "storage-transfer-service",
          "trifacta-gcloud-prod");

  private static final String PREFIX = "serviceaccount:";

  private static final Pattern AGENT =
      Pattern.compile(
          PREFIX
              + "([^@]+@("
              + String.join("|", HOSTS)
              + ")\\.iam\\.gserviceaccount\\.com"
              + "|\\d+@cloudservices\\.gserviceaccount\\.com"
              + "|\\d+@cloudbuild\\.gserviceaccount\\.com"
              + "|[^@]+@system\\.gserviceaccount\\.com)");

  private ServiceAgents() {}

  /// Whether the member is one.
  ///
  /// @param lower the member in lower case, with its type prefix
  static boolean matches(String lower) {
    return lower.startsWith(PREFIX) && AGENT.matcher(lower).matches();
  }
}
