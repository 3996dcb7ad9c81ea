package dev.kleos.iam.emulator;

import java.util.ArrayList;

/// A Cloud Run service of this world.
///
/// @param project the project's id
record Service(String project, String region, String name, ServiceSettings settings) {

  /// A service of which nothing more is said.
  Service(String project, String region, String name) {
    this(project, region, name, ServiceSettings.DEFAULT);
  }

  /// The same, but that it takes tokens for an audience more.
  Service alsoFor(String audience) {
    var audiences = new ArrayList<>(settings.customAudiences());
    audiences.add(audience);
    return new Service(
        project,
        region,
        name,
        new ServiceSettings(
            audiences, settings.invokerIamDisabled(), settings.ingress(), settings.answers()));
  }

  String key() {
    return "projects/" + project + "/locations/" + region + "/services/" + name;
  }
}
