package dev.kleos.iam.emulator;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The JSON object in a part of a token. Whatever is wrong with it, it is then no such token, which
/// is all that matters; so nothing here throws.
final class Json64 {
  private Json64() {}

  /// The members of the object whose base64url this is; empty when it is none.
  static Optional<Map<String, JsonNode>> members(String base64url) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
      return Optional.of(new JsonNode("", StrictJson.parse(text)).members());
    } catch (IOException | IllegalArgumentException | JsonParseException _) {
      return Optional.empty();
    }
  }

  static Optional<String> text(Map<String, JsonNode> members, String name) {
    return member(members, name, JsonNode::text);
  }

  /// A time given in seconds since 1970.
  static Optional<Instant> time(Map<String, JsonNode> members, String name) {
    return member(members, name, node -> Instant.ofEpochSecond(node.number()));
  }

  private static <T> Optional<T> member(
      Map<String, JsonNode> members, String name, Function<JsonNode, T> read) {
    try {
      return Optional.ofNullable(members.get(name)).map(read);
    } catch (JsonParseException | DateTimeException _) {
      return Optional.empty();
    }
  }
}
