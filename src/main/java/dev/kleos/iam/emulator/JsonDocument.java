package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON text that somebody wrote for the emulator itself, read as a whole or not at all.
final class JsonDocument {
  private final String source;

  /// @param source what the text is called in complaints
  JsonDocument(String source) {
    this.source = source;
  }

  /// What `reader` makes of the text.
  ///
  /// @throws UnreadableException saying where it is not what it should be
  <T> T read(byte[] bytes, Function<JsonNode, T> reader) {
    try {
      return read(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), reader);
    } catch (CharacterCodingException e) {
      throw refused("", "is not UTF-8", e);
    }
  }

  /// @param place the line and the column, as in `4:17`; empty where it is about the whole text
  UnreadableException refused(String place, String what, @Nullable Exception cause) {
    var where = place.isEmpty() ? source : source + ":" + place;
    return new UnreadableException(where + ": " + what + "; mend that, nothing was changed", cause);
  }

  private <T> T read(String text, Function<JsonNode, T> reader) {
    try {
      return reader.apply(new JsonNode("", parsed(text)));
    } catch (JsonNodeException e) {
      var place = JsonPlaces.of(text, e.path()).orElse("");
      throw refused(place, String.valueOf(e.getMessage()), e);
    }
  }

  /// What [StrictJson] itself complains of has a path, and no place.
  private JsonElement parsed(String text) {
    try {
      return StrictJson.parse(text);
    } catch (IOException e) {
      var complaint = String.valueOf(e.getMessage());
      var path = complaint.lastIndexOf(", at $.");
      var place =
          path < 0
              ? JsonPlaces.in(complaint)
              : JsonPlaces.of(text, complaint.substring(path + ", at $.".length()));
      throw refused(place.orElse(""), "is not JSON (" + JsonPlaces.bare(complaint) + ")", e);
    }
  }
}
