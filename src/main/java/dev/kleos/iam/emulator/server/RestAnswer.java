package dev.kleos.iam.emulator.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.util.Map;

/// What an HTTP request is answered with.
///
/// @param status the HTTP status code
/// @param json the body, of the type `application/json`
/// @param headers more headers than every answer has
record RestAnswer(int status, String json, Map<String, String> headers) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static RestAnswer ok(String json) {
    return new RestAnswer(200, json, Map.of());
  }

  static RestAnswer ok(JsonElement json) {
    return of(200, json);
  }

  static RestAnswer of(int status, JsonElement json) {
    return new RestAnswer(status, GSON.toJson(json) + "\n", Map.of());
  }

  RestAnswer with(String header, String value) {
    return new RestAnswer(status, json, Map.of(header, value));
  }
}
