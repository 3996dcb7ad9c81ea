package dev.kleos.iam.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The form of everything that is kept in a file: a JSON object of what it is, in which version,
/// the SHA-256 of its content, and the content. So nothing that is cut off, mistaken or changed by
/// hand is taken for what was written; against somebody who means harm it is no seal.
///
/// @param kind such as `kleosIamSavedChanges`
/// @param version of the content's form
record Document(String kind, int version) {
  /// The document, in UTF-8, with a line break at its end.
  byte[] write(Content content) {
    var text = text(content);
    return (beginning()
            + version
            + ",\"sha256\":\""
            + digest(text)
            + "\",\"content\":"
            + text
            + "}\n")
        .getBytes(UTF_8);
  }

  /// The content of a document.
  ///
  /// @throws DocumentException where it is none of this kind, or not as it was written
  Fields read(byte[] document) {
    var fields = new Fields(parse(document), "");
    if (!fields.has(kind)) {
      throw new DocumentException("it is no document of this kind: it has no \"" + kind + "\"");
    }
    var found = fields.number(kind);
    if (found != version) {
      throw new DocumentException(
          "it was written by another version of kleos-iam: "
              + kind
              + " "
              + found
              + ", not "
              + version);
    }
    var content = fields.object("content");
    if (!digest(content.text()).equals(fields.text("sha256"))) {
      throw new DocumentException(
          "it was changed since it was written: its content has another SHA-256");
    }
    return content;
  }

  /// Whether a file is a document of this kind, or what is left of one.
  boolean isBegunBy(byte[] file) {
    return new String(file, UTF_8).startsWith(beginning());
  }

  private String beginning() {
    return "{\"" + kind + "\":";
  }

  /// SHA-256 in hexadecimal, of the text in UTF-8.
  static String digest(String text) {
    return digest(text.getBytes(UTF_8));
  }

  /// SHA-256 in hexadecimal.
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static String text(Content content) {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.beginObject();
      content.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes everything
    }
    return text.toString();
  }

  private static JsonObject parse(byte[] document) {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      var reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      var root = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT || !root.isJsonObject()) {
        throw new DocumentException("it is no single JSON object");
      }
      return root.getAsJsonObject();
    } catch (CharacterCodingException e) {
      throw new DocumentException("it is not UTF-8", e);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new DocumentException("it is not whole JSON: was it cut off, or edited?", e);
    }
  }

  /// What writes the fields of the content.
  @FunctionalInterface
  interface Content {
    void write(JsonWriter json) throws IOException;
  }
}
