package dev.kleos.iam.cloud;

import java.util.List;

/// A Cloud Run service as it is deployed: what those who call it have to know.
///
/// @param url where it is called, and the audience that every token for it may name
/// @param urls all its addresses; each is an audience too
/// @param customAudiences what else tokens for it may name
/// @param isInternal whether only callers inside the project's networks reach it
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

  /// Whether the service takes a token for this audience.
  public boolean accepts(String audience) {
    return audience.equals(url) || urls.contains(audience) || customAudiences.contains(audience);
  }
}
