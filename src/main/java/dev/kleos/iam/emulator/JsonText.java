package dev.kleos.iam.emulator;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;

/// JSON as we write it: indented by two spaces.
///
/// By hand rather than by protobuf's own JSON, which needs the descriptors of all that it prints:
/// this is done at every save.
final class JsonText {
  private JsonText() {}

  /// The value that `content` writes.
  static String of(Content content) throws IOException {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.setHtmlSafe(false);
      content.write(json);
    }
    return text.toString();
  }

  /// A member of an object; left out when it is empty.
  static void member(JsonWriter json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.name(name).value(text);
    }
  }

  static void member(JsonWriter json, String name, Iterable<String> texts) throws IOException {
    json.name(name).beginArray();
    for (var text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  /// What writes one value.
  @FunctionalInterface
  interface Content {
    void write(JsonWriter json) throws IOException;
  }
}
