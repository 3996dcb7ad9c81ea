package dev.kleos.iam.cloud;

import java.util.List;

/// A Cloud Run service as it is deployed: what those who call it have to know.
///
/// @param url where it is called, and the audience that every token for it may name
/// @param urls all its addresses; each is an audience too
/// @param customAudiences what else tokens for it may name
/// @param isInternal whether only callers inside the project's networks, or by its load balancer,
///   reach it
/// @param isOpen whether nobody is asked for a role: its invoker check is switched off
public record RunService(
    String url,
    List<String> urls,
    List<String> customAudiences,
    boolean isInternal,
    boolean isOpen) {
  public RunService {
    urls = List.copyOf(urls);
    customAudiences = List.copyOf(customAudiences);
  }

  /// Whether the service takes a token for this audience. **Documented**: an address counts with a
  /// slash at its end, too.
  public boolean accepts(String audience) {
    var address = audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
    return address.equals(url) || urls.contains(address) || customAudiences.contains(audience);
  }
}
