package dev.kleos.iam.emulator;

import java.util.Map;
import java.util.Optional;

/// A JSON Web Token of somebody else's, of which only the claims matter here.
final class Jwt {
  private Jwt() {}

  /// The claims, whether or not the signature holds; empty when it is no such token.
  static Optional<Map<String, JsonNode>> claims(String token) {
    var parts = token.split("\\.", -1);
    return parts.length == 3 ? Json64.members(parts[1]) : Optional.empty();
  }
}
