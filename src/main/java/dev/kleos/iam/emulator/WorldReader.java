package dev.kleos.iam.emulator;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a world in the format of the package's comment.
final class WorldReader {
  static final String HEADER = "kleosIamEmulator";
  static final int VERSION = 1;

  private WorldReader() {}

  /// @param source what the content is called in complaints
  /// @throws StateFileException saying where it is not of the format
  static World read(byte[] content, String source) {
    try {
      var root = new JsonNode("", parse(content, source));
      checkHeader(root, source);
      return WorldBuilder.build(root);
    } catch (OutOfMemoryError e) {
      // What filled the memory is out of reach by now.
      throw new StateFileException(
          source + ": takes more memory than there is for this program; use a smaller file", e);
    } catch (JsonParseException e) {
      throw new StateFileException(
          source + ": " + e.getMessage() + "; mend the file, or use another", e);
    }
  }

  private static JsonElement parse(byte[] content, String source) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return StrictJson.parse(text);
    } catch (CharacterCodingException e) {
      throw foreign(source, "is not UTF-8", e);
    } catch (IOException e) {
      throw foreign(source, "is not JSON (" + firstLine(e) + ")", e);
    }
  }

  private static void checkHeader(JsonNode root, String source) {
    var header = root.value().isJsonObject() ? root.value().getAsJsonObject().get(HEADER) : null;
    if (header == null) {
      throw foreign(source, "has no key \"" + HEADER + "\"", null);
    }
    if (!header.toString().equals(Integer.toString(VERSION))) {
      throw new StateFileException(
          source
              + ": is a state file of version "
              + header
              + ", and this program knows version "
              + VERSION
              + "; use another file");
    }
  }

  /// Gson's first line without its advice to programmers; the second is its help page's address.
  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("Use JsonReader\\.setStrictness\\S+ to accept malformed JSON", "malformed");
  }

  private static StateFileException foreign(String source, String why, @Nullable Exception cause) {
    return new StateFileException(
        source
            + ": is no state file of the emulator: it "
            + why
            + "; use another file, or move this one away",
        cause);
  }
}
