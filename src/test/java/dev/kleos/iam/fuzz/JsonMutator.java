package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.kleos.iam.record.SavedFile;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Changes the content of a document that has a digest, and gives it the digest that fits: so that
/// what reads it behind the digest is reached.
record JsonMutator(Random random) {
  private static final int DEEP = 300;
  private static final Set<String> SETS =
      Set.of("add", "remove", "grants", "missing", "unexpected", "spellings");

  /// One of the examples, changed in one to four places.
  byte[] mutate(List<byte[]> examples) {
    var mutator = new Mutator(random, Dictionary.ANY);
    var document = parse(mutator.pick(examples));
    var other = parse(mutator.pick(examples));
    for (var edits = 1 + random.nextInt(4); edits > 0; edits--) {
      edit(document.getAsJsonObject("content"), other.getAsJsonObject("content"));
    }
    return sealed(document);
  }

  /// The document with the digest of its content.
  static byte[] sealed(JsonObject document) {
    var text = document.get("content").toString();
    document.addProperty("sha256", SavedFile.digest(text.getBytes(UTF_8)));
    return (document + "\n").getBytes(UTF_8);
  }

  /// The document with its sets in order, which is another one each time that Java starts, and with
  /// an etag that the clock has no part in.
  static byte[] inOrder(byte[] document) {
    var root = parse(document);
    var places = new ArrayList<Place>();
    collect(root, places);
    for (var place : places) {
      if (SETS.contains(place.key()) && place.value() instanceof JsonArray array) {
        var sorted = new JsonArray();
        array.asList().stream()
            .sorted(Comparator.comparing(JsonElement::toString))
            .forEach(sorted::add);
        place.set(sorted);
      } else if (place.key().equals("etag")) {
        place.set(new JsonPrimitive("BwYk3zP9abc="));
      }
    }
    return sealed(root);
  }

  private static JsonObject parse(byte[] document) {
    return JsonParser.parseString(new String(document, UTF_8)).getAsJsonObject();
  }

  /// Whether it is a document whose digest fits.
  static boolean isSealed(byte[] bytes) {
    try {
      var document = parse(bytes);
      return SavedFile.digest(document.get("content").toString().getBytes(UTF_8))
          .equals(document.get("sha256").getAsString());
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      return false;
    } catch (UnsupportedOperationException | ClassCastException e) {
      return false;
    }
  }

  private void edit(JsonObject content, JsonObject other) {
    var places = new ArrayList<Place>();
    collect(content, places);
    if (places.isEmpty()) {
      return;
    }
    var place = places.get(random.nextInt(places.size()));
    var donors = new ArrayList<Place>();
    collect(other, donors);
    if (random.nextInt(5) > 0) {
      donors.removeIf(donor -> !donor.key().equals(place.key()));
    }
    var old = place.value();
    switch (random.nextInt(12)) {
      case 0 -> place.remove();
      case 1 -> place.add(old.deepCopy());
      case 2, 3, 4, 5, 6, 7 ->
          place.set(
              donors.isEmpty()
                  ? JsonNull.INSTANCE
                  : donors.get(random.nextInt(donors.size())).value().deepCopy());
      case 8 -> place.set(deep(old));
      default -> place.set(scalar(old));
    }
  }

  private JsonElement deep(JsonElement old) {
    var deep = old.deepCopy();
    for (var depth = random.nextInt(DEEP); depth > 0; depth--) {
      var around = new JsonObject();
      around.addProperty("is", "partly");
      around.add("failures", new JsonArray());
      around.add("left", JsonParser.parseString("{\"add\":[],\"remove\":[]}"));
      around.add("rest", deep);
      deep = around;
    }
    return deep;
  }

  private JsonElement scalar(JsonElement old) {
    var words = new Mutator(random, Dictionary.ANY);
    return switch (random.nextInt(10)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> new JsonPrimitive(words.pick(List.of(-1, 0, 1, 2, Integer.MIN_VALUE, 1 << 30)));
      case 3 -> new JsonPrimitive(new BigInteger("9".repeat(1 + random.nextInt(400))));
      case 4 -> new JsonPrimitive(1e300 * random.nextDouble());
      case 5 -> random.nextBoolean() ? new JsonObject() : new JsonArray();
      case 6 -> new JsonPrimitive(words.pick(Dictionary.ANY).repeat(1 + random.nextInt(2000)));
      case 7 -> new JsonPrimitive("");
      default ->
          new JsonPrimitive(
              old.isJsonPrimitive() && random.nextBoolean()
                  ? new String(words.mutate(List.of(old.getAsString().getBytes(UTF_8))), UTF_8)
                  : words.pick(Dictionary.ANY));
    };
  }

  private static void collect(JsonElement element, List<Place> into) {
    switch (element) {
      case JsonObject object ->
          object
              .keySet()
              .forEach(key -> {
                into.add(new InObject(object, key));
                collect(object.get(key), into);
              });
      case JsonArray array -> {
        for (var i = 0; i < array.size(); i++) {
          into.add(new InArray(array, i));
          collect(array.get(i), into);
        }
      }
      default -> {}
    }
  }

  /// Where a value stands.
  private sealed interface Place {
    /// Its name; empty in an array.
    String key();

    JsonElement value();

    void set(JsonElement value);

    void add(JsonElement value);

    void remove();
  }

  private record InObject(JsonObject object, String key) implements Place {
    @Override
    public JsonElement value() {
      return object.get(key);
    }

    @Override
    public void set(JsonElement value) {
      object.add(key, value);
    }

    @Override
    public void add(JsonElement value) {
      object.add(key + "2", value);
    }

    @Override
    public void remove() {
      object.remove(key);
    }
  }

  private record InArray(JsonArray array, int index) implements Place {
    @Override
    public String key() {
      return "";
    }

    @Override
    public JsonElement value() {
      return array.get(index);
    }

    @Override
    public void set(JsonElement value) {
      array.set(index, value);
    }

    @Override
    public void add(JsonElement value) {
      array.add(value);
    }

    @Override
    public void remove() {
      array.remove(index);
    }
  }
}
