package dev.kleos.iam.emulator;

import com.google.common.primitives.Longs;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where in a text a JSON value stands. Asked only once something is wrong with it, so the text is
/// read again rather than every value made to know its place.
final class JsonPlaces {
  /// How Gson says where it is, in the text of its complaints and in that of a reader.
  private static final Pattern PLACE = Pattern.compile(" at line (\\d+) column (\\d+) path (\\S+)");

  private JsonPlaces() {}

  /// The line and the column of a value, as in `4:17`; empty where there is none.
  ///
  /// @param path as a [JsonNode] has it; of values that have the same, the last is meant
  static Optional<String> of(String text, String path) {
    var wanted = path.isEmpty() ? "$" : "$." + path;
    Optional<String> found = Optional.empty();
    try (var json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      for (var token = json.peek(); token != JsonToken.END_DOCUMENT; token = json.peek()) {
        var isWanted = begins(token) && json.getPath().equals(wanted);
        var place = PLACE.matcher(json.toString());
        var past = pass(json, token);
        if (isWanted && place.find()) {
          found = Optional.of(place.group(1) + ":" + (Integer.parseInt(place.group(2)) - past));
        }
      }
    } catch (IOException _) {
      return found; // what is malformed further down is not what was asked for
    }
    return found;
  }

  /// The line and the column that a complaint of Gson's names.
  static Optional<String> in(String complaint) {
    var place = PLACE.matcher(complaint);
    return place.find() ? Optional.of(place.group(1) + ":" + place.group(2)) : Optional.empty();
  }

  /// A complaint of Gson's without the place, and without its advice to programmers.
  static String bare(String complaint) {
    return PLACE
        .matcher(complaint.lines().findFirst().orElse(""))
        .replaceFirst("")
        .replaceFirst("Use JsonReader\\.setStrictness\\S+ to accept malformed JSON", "malformed");
  }

  private static boolean begins(JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT, BEGIN_ARRAY, STRING, NUMBER, BOOLEAN, NULL -> true;
      case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT -> false;
    };
  }

  /// Passes a token, and tells how far the reader had gone into it to know what it is: past the
  /// first character, past the whole of a word or of a number that is a long, and not at all into
  /// any other number.
  private static int pass(JsonReader json, JsonToken token) throws IOException {
    return switch (token) {
      case NUMBER -> {
        var number = json.nextString();
        yield Longs.tryParse(number) == null || number.equals("-0") ? 0 : number.length();
      }
      case BOOLEAN -> String.valueOf(json.nextBoolean()).length();
      case NULL -> {
        json.nextNull();
        yield "null".length();
      }
      default -> {
        passOther(json, token);
        yield 1;
      }
    };
  }

  private static void passOther(JsonReader json, JsonToken token) throws IOException {
    switch (token) {
      case BEGIN_OBJECT -> json.beginObject();
      case BEGIN_ARRAY -> json.beginArray();
      case END_OBJECT -> json.endObject();
      case END_ARRAY -> json.endArray();
      case NAME -> {
        var _ = json.nextName();
      }
      default -> json.skipValue();
    }
  }
}
