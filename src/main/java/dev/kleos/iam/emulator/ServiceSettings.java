package dev.kleos.iam.emulator;

import java.util.List;

/// What decides how the front end of a service answers, but for its policy.
///
/// @param customAudiences what an ID token may be for, besides the addresses of the service
/// @param invokerIamDisabled whether anybody may call, whatever the policy says
/// @param answers the HTTP status that the program behind the front end gives
record ServiceSettings(
    List<String> customAudiences, boolean invokerIamDisabled, Ingress ingress, int answers) {
  static final int OK = 200;

  /// Those of a service of which nothing is said.
  static final ServiceSettings DEFAULT = new ServiceSettings(List.of(), false, Ingress.ALL, OK);

  ServiceSettings {
    customAudiences = List.copyOf(customAudiences);
  }
}
