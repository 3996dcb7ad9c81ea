package dev.kleos.iam.record;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// An object of a [Document] that is read. Whatever is not as it should be is told with its place,
/// such as `steps[2].add[0].role`.
final class Fields {
  private final JsonObject object;
  private final String place;

  /// @param place where it stands; empty for the whole
  Fields(JsonObject object, String place) {
    this.object = object;
    this.place = place;
  }

  boolean has(String name) {
    return object.has(name);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong(name, "is no text"));
  }

  /// The text, where there is one.
  Optional<String> optionalText(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    var value = object.get(name);
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw wrong(name, "is no text");
    }
    return Optional.of(value.getAsString());
  }

  int number(String name) {
    return value(
        name,
        "is no number",
        it -> it.getAsJsonPrimitive().isNumber(),
        it -> Integer.parseInt(it.getAsString())); // Gson's own cuts off what is too large
  }

  /// A number from 1.
  int position(String name) {
    var number = number(name);
    if (number < 1) {
      throw wrong(name, "is no number from 1");
    }
    return number;
  }

  boolean flag(String name) {
    return value(
        name,
        "is neither true nor false",
        it -> it.getAsJsonPrimitive().isBoolean(),
        JsonElement::getAsBoolean);
  }

  Instant instant(String name) {
    // Not every instant is a date, and everything is shown as one.
    return understood(
        name, "is no time", () -> Instant.parse(text(name)).atOffset(ZoneOffset.UTC).toInstant());
  }

  /// The time, where there is one.
  Optional<Instant> optionalInstant(String name) {
    return has(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  Fields object(String name) {
    return optionalObject(name).orElseThrow(() -> wrong(name, "is no object"));
  }

  /// The object, where there is one.
  Optional<Fields> optionalObject(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return Optional.of(inner(object.get(name), path(name)));
  }

  /// What is made of each object of an array.
  <T> List<T> objects(String name, Function<Fields, T> reader) {
    var made = new ArrayList<T>();
    for (var element : elements(name)) {
      made.add(reader.apply(inner(element, path(name) + "[" + made.size() + "]")));
    }
    return made;
  }

  /// An array of texts.
  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var element : elements(name)) {
      if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
        throw wrong(name + "[" + texts.size() + "]", "is no text");
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  /// What a reader makes of a field, whose objections are told with the place.
  <T> T understood(String name, String objection, Made<T> reader) {
    try {
      return reader.make();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new DocumentException(path(name) + " " + objection, e);
    }
  }

  /// That a field does not say anything that is known.
  DocumentException wrong(String name, String objection) {
    return new DocumentException(path(name) + " " + objection);
  }

  /// The whole object, as it was written.
  String text() {
    return object.toString();
  }

  private <T> T value(
      String name, String objection, Predicate<JsonElement> is, Function<JsonElement, T> as) {
    var value = object.get(name);
    if (value == null || !value.isJsonPrimitive() || !is.test(value)) {
      throw wrong(name, objection);
    }
    return understood(name, objection, () -> as.apply(value));
  }

  private Iterable<JsonElement> elements(String name) {
    var value = object.get(name);
    if (value == null || !value.isJsonArray()) {
      throw wrong(name, "is no array");
    }
    return value.getAsJsonArray();
  }

  private static Fields inner(JsonElement element, String place) {
    if (!element.isJsonObject()) {
      throw new DocumentException(place + " is no object");
    }
    return new Fields(element.getAsJsonObject(), place);
  }

  private String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  /// Makes something of a field.
  @FunctionalInterface
  interface Made<T> {
    T make();
  }
}
