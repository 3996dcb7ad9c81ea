package dev.kleos.iam.emulator;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A value in a JSON file that knows where it stands, so that a complaint about it says so.
///
/// @param path such as `policies.projects/p.bindings[0]`; empty for the whole file
record JsonNode(String path, JsonElement value) {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /// The members of an object.
  Map<String, JsonNode> members() {
    if (!value.isJsonObject()) {
      throw wrong("must be an object");
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    value
        .getAsJsonObject()
        .asMap()
        .forEach((name, member) -> members.put(name, child(name, member)));
    return members;
  }

  /// The members of an object that has none but these.
  Map<String, JsonNode> members(Set<String> known) {
    var members = members();
    for (var member : members.entrySet()) {
      if (!known.contains(member.getKey())) {
        throw member.getValue().wrong("is not a key of this format");
      }
    }
    return members;
  }

  /// A member that must be there.
  JsonNode member(String name) {
    var member = members().get(name);
    if (member == null) {
      throw wrong("must have the key " + name);
    }
    return member;
  }

  List<JsonNode> elements() {
    if (!value.isJsonArray()) {
      throw wrong("must be a list");
    }
    var elements = value.getAsJsonArray();
    return IntStream.range(0, elements.size())
        .mapToObj(i -> new JsonNode(path + "[" + i + "]", elements.get(i)))
        .toList();
  }

  String text() {
    return primitive()
        .filter(JsonPrimitive::isString)
        .map(JsonPrimitive::getAsString)
        .orElseThrow(() -> wrong("must be a text"));
  }

  boolean flag() {
    return primitive()
        .filter(JsonPrimitive::isBoolean)
        .map(JsonPrimitive::getAsBoolean)
        .orElseThrow(() -> wrong("must be true or false"));
  }

  /// A number, without what follows the point.
  long number() {
    return primitive()
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsBigDecimal)
        .filter(number -> number.abs().compareTo(LONGEST) <= 0)
        .map(BigDecimal::longValue)
        .orElseThrow(() -> wrong("must be a number"));
  }

  JsonParseException wrong(String what) {
    return new JsonNodeException(path, what);
  }

  private Optional<JsonPrimitive> primitive() {
    return value.isJsonPrimitive() ? Optional.of(value.getAsJsonPrimitive()) : Optional.empty();
  }

  private JsonNode child(String name, JsonElement member) {
    return new JsonNode(path.isEmpty() ? name : path + "." + name, member);
  }
}
