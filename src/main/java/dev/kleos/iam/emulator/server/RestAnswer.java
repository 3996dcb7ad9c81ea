package dev.kleos.iam.emulator.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.Map;

/// What an HTTP request is answered with.
///
/// @param status the HTTP status code
record RestAnswer(int status, String body, Map<String, String> headers) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /// What every answer of an API has.
  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json; charset=UTF-8", "Cache-Control", "private");

  /// None at all: the connection ends instead.
  static final RestAnswer UNHEARD = new RestAnswer(0, "", Map.of());

  static RestAnswer ok(String json) {
    return new RestAnswer(200, json, JSON);
  }

  static RestAnswer ok(JsonElement json) {
    return of(200, json);
  }

  static RestAnswer of(int status, JsonElement json) {
    return new RestAnswer(status, GSON.toJson(json) + "\n", JSON);
  }

  RestAnswer with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new RestAnswer(status, body, Map.copyOf(more));
  }
}
