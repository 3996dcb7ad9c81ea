package dev.kleos.iam.emulator;

/// A Cloud Run service of this world.
///
/// @param project the project's id
record Service(String project, String region, String name, ServiceSettings settings) {

  /// A service of which nothing more is said.
  Service(String project, String region, String name) {
    this(project, region, name, ServiceSettings.DEFAULT);
  }

  String key() {
    return "projects/" + project + "/locations/" + region + "/services/" + name;
  }
}
