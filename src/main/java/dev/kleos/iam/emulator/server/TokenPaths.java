package dev.kleos.iam.emulator.server;

import static java.util.stream.Collectors.toMap;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.Emulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/// What Google has for tokens outside its APIs: the endpoints that credential files name as
/// `token_uri` and `token_url`, the public keys of ID tokens, and where to find them.
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
    if (!request.verb().equals("GET")) {
      return Optional.empty();
    }
    return switch (path) {
      case "oauth2/v3/certs" -> Optional.of(RestAnswer.ok(emulator.idTokenKeys()));
      case ".well-known/openid-configuration" -> emulator.published().map(TokenPaths::discovery);
      default -> Optional.empty();
    };
  }

  /// What `https://accounts.google.com` says of itself, as far as it concerns ID tokens
  /// (**documented**), but that the keys and the tokens are had here. Without the older form of the
  /// keys, `oauth2/v1/certs`: it takes certificates.
  private static RestAnswer discovery(URI base) {
    var json = new JsonObject();
    json.addProperty("issuer", "https://accounts.google.com");
    json.addProperty("token_endpoint", base + "/token");
    json.addProperty("jwks_uri", base + "/oauth2/v3/certs");
    json.add("subject_types_supported", GSON.toJsonTree(List.of("public")));
    json.add("id_token_signing_alg_values_supported", GSON.toJsonTree(List.of("RS256")));
    json.add(
        "claims_supported",
        GSON.toJsonTree(List.of("aud", "email", "email_verified", "exp", "iat", "iss", "sub")));
    return RestAnswer.ok(json);
  }

  private RestAnswer token(RestRequest request) {
    var answer = emulator.tokenEndpoint().answer(form(request));
    return RestAnswer.of(answer.status(), GSON.toJsonTree(answer.body()));
  }

  /// What is no form has no parameters, and the endpoint says which it misses.
  static Map<String, String> form(RestRequest request) {
    try {
      return RestRequest.parameters(request.body().toStringUtf8()).entrySet().stream()
          .collect(toMap(Entry::getKey, parameter -> parameter.getValue().getLast()));
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
