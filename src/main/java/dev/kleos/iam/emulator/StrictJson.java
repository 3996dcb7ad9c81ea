package dev.kleos.iam.emulator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/// Reads JSON to the letter of RFC 8259. Gson alone lets a key that stands twice silently win over
/// the first, and a policy with it.
final class StrictJson {
  private final JsonReader json;
  private final boolean escaped;

  private StrictJson(JsonReader json, boolean escaped) {
    this.json = json;
    this.escaped = escaped;
  }

  /// @throws IOException when the text is not one JSON value, or has a key twice
  static JsonElement parse(String text) throws IOException {
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      var value = new StrictJson(reader, text.contains("\\u")).value();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("something follows the end");
      }
      return value;
    }
  }

  private JsonElement value() throws IOException {
    return switch (json.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new JsonPrimitive(whole(json.nextString()));
      case NUMBER -> new JsonPrimitive(number());
      case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
      case NULL -> {
        json.nextNull();
        yield JsonNull.INSTANCE;
      }
      case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT ->
          throw new MalformedJsonException("a value is missing");
    };
  }

  private BigDecimal number() throws IOException {
    var number = json.nextString();
    try {
      return new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw new MalformedJsonException(
          "the number " + number + " is beyond reading, at " + json.getPath(), e);
    }
  }

  /// Half a surrogate pair is no character: in UTF-8, texts that differ would become the same. Only
  /// an escape can bring one in.
  private String whole(String text) throws IOException {
    if (escaped && text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new MalformedJsonException("a text has half a surrogate pair, at " + json.getPath());
    }
    return text;
  }

  private JsonObject object() throws IOException {
    var object = new JsonObject();
    json.beginObject();
    while (json.hasNext()) {
      var name = whole(json.nextName());
      if (object.has(name)) {
        throw new MalformedJsonException(
            "the key \"" + name + "\" stands twice, at " + json.getPath());
      }
      object.add(name, value());
    }
    json.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    var array = new JsonArray();
    json.beginArray();
    while (json.hasNext()) {
      array.add(value());
    }
    json.endArray();
    return array;
  }
}
