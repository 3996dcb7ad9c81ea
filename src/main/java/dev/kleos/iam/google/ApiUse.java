package dev.kleos.iam.google;

import java.util.regex.Pattern;

/// Which API a refused call is of, and which project it was counted for, as Google's `ErrorInfo`
/// has it. That need not be the project of what was asked for: it is the quota project of the
/// credential, where there is one. Both become a part of a command to copy, so what cannot be the
/// name of one counts as not said.
///
/// @param api such as `run.googleapis.com`; empty where none is named
/// @param project its id or number; empty where none is named, or it is gcloud's own, in which
///   nobody can enable anything
record ApiUse(String api, String project) {
  private static final Pattern API = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,199}");

  private static final Pattern CONSUMER =
      Pattern.compile("projects/((?:[a-z0-9][a-z0-9.-]{0,62}:)?[a-z0-9][a-z0-9-]{0,62})");

  /// **Recorded**: a login without a quota project has its calls counted for gcloud's own project,
  /// in which few APIs are enabled; of the others Google says that they are disabled there, or that
  /// a quota project is missing.
  private static final Pattern GCLOUDS_OWN = Pattern.compile("projects/(764086051850|32555940559)");

  /// @param service of the `ErrorInfo`'s metadata
  /// @param consumer of the same, as in `projects/123456789012`
  static ApiUse of(String service, String consumer) {
    var project = CONSUMER.matcher(consumer);
    return new ApiUse(
        API.matcher(service).matches() ? service : "",
        project.matches() && !isGcloudsOwn(consumer) ? project.group(1) : "");
  }

  /// Whether calls are counted for the project of gcloud itself.
  static boolean isGcloudsOwn(String consumer) {
    return GCLOUDS_OWN.matcher(consumer).matches();
  }
}
