package dev.kleos.iam.emulator;

/// A Cloud Run service of this world.
///
/// @param project the project's id
record Service(String project, String region, String name) {
  String key() {
    return "projects/" + project + "/locations/" + region + "/services/" + name;
  }
}
