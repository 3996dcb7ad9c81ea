package dev.kleos.iam.emulator.server;

import static java.util.stream.Collectors.toMap;

import com.google.gson.Gson;
import dev.kleos.iam.emulator.Emulator;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/// What Google has for tokens outside its APIs: the endpoints that credential files name as
/// `token_uri` and `token_url`, and the public keys of ID tokens.
record TokenPaths(Emulator emulator) implements RestHandler {
  private static final Gson GSON = new Gson();

  /// **Documented**: of `oauth2.googleapis.com`, its older form at `www.googleapis.com`, and of
  /// `sts.googleapis.com`.
  private static final Set<String> ENDPOINTS = Set.of("token", "oauth2/v4/token", "v1/token");

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    var path = request.joinedPath();
    if (request.verb().equals("POST") && ENDPOINTS.contains(path)) {
      return Optional.of(token(request));
    }
    return request.verb().equals("GET") && path.equals("oauth2/v3/certs")
        ? Optional.of(RestAnswer.ok(emulator.idTokenKeys()))
        : Optional.empty();
  }

  private RestAnswer token(RestRequest request) {
    var answer = emulator.tokenEndpoint().answer(form(request.body().toStringUtf8()));
    return RestAnswer.of(answer.status(), GSON.toJsonTree(answer.body()));
  }

  /// What is no form has no parameters, and the endpoint says which it misses.
  private static Map<String, String> form(String body) {
    try {
      return RestRequest.parameters(body).entrySet().stream()
          .collect(toMap(Entry::getKey, parameter -> parameter.getValue().getLast()));
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
