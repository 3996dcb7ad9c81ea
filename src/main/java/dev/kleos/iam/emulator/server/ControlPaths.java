package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.LoggedCall;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What a test does with the emulator itself, under `/_emulator/`; no call, so never logged as one.
///
/// - `GET /_emulator/requests`: `{"requests": [{"method", "resource", "status", "caller"}]}`,
///   oldest first, the newest 100,000. `method` is that of gRPC, however the call was made; for
///   what never became a call, verb and path. `status` is empty while a call is under way.
/// - `DELETE /_emulator/requests`: forgets them.
/// - `POST /_emulator/reset`: the world is what it was at the start, and the requests are
///   forgotten.
record ControlPaths(Emulator emulator) implements RestHandler {

  /// Whether a request is for these paths.
  static boolean has(RestRequest request) {
    return request.path().getFirst().equals("_emulator");
  }

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    if (!has(request)) {
      return Optional.empty();
    }
    var actions = actions(String.join("/", request.path().subList(1, request.path().size())));
    var action = actions.get(request.verb());
    if (action != null) {
      return Optional.of(RestAnswer.ok(action.get()));
    }
    if (!actions.isEmpty()) {
      throw RefusedException.wrongVerb(new TreeSet<>(actions.keySet()));
    }
    throw RefusedException.unknownPath(request);
  }

  private Map<String, Supplier<JsonObject>> actions(String path) {
    return switch (path) {
      case "requests" ->
          Map.of("GET", this::requests, "DELETE", () -> done(emulator.calls()::clear));
      case "reset" -> Map.of("POST", () -> done(emulator::reset));
      default -> Map.of();
    };
  }

  private JsonObject requests() {
    var requests = new JsonArray();
    emulator.calls().answers().forEach(logged -> requests.add(view(logged)));
    var json = new JsonObject();
    json.add("requests", requests);
    return json;
  }

  private static JsonObject view(LoggedCall logged) {
    var json = new JsonObject();
    json.addProperty("method", logged.call().method());
    json.addProperty("resource", logged.call().resource());
    json.addProperty("status", logged.status().map(Enum::name).orElse(""));
    json.addProperty("caller", logged.call().caller());
    return json;
  }

  private static JsonObject done(Runnable action) {
    action.run();
    return new JsonObject();
  }
}
