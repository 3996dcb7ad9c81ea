package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.LoggedCall;
import dev.kleos.iam.emulator.Times;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// What a test does with the emulator itself, under `/_emulator/`; no call, so never logged as one.
///
/// [AccountTokens] has one path more there, which a client goes by.
///
/// - `GET /_emulator/requests`: `{"requests": [{"method", "resource", "status", "caller"}]}`,
///   oldest first, the newest 100,000. `method` is that of gRPC, however the call was made; for
///   what never became a call, verb and path. `status` is empty while a call is under way.
/// - `DELETE /_emulator/requests`: forgets them.
/// - `POST /_emulator/reset`: the world is what it was at the start, and the requests are
///   forgotten. Faults and clock stay.
/// - `GET /_emulator/faults`: `{"faults": [...]}` in the order in which they were added, each as it
///   was written, with what it leaves out, and with `left` and `injected`: how many calls it will
///   still meet, and has met.
/// - `POST /_emulator/faults`: adds those in the body, in the format of the emulator's package, and
///   answers like GET.
/// - `DELETE /_emulator/faults`: there are none any more.
/// - `GET /_emulator/clock`: `{"now": "2026-12-01T09:00:00Z"}`.
/// - `POST /_emulator/clock`: `{"advance": "24h"}` puts the clock forward, and is answered like
///   GET.
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
      return Optional.of(RestAnswer.ok(action.apply(request)));
    }
    if (!actions.isEmpty()) {
      throw RefusedException.wrongVerb(new TreeSet<>(actions.keySet()));
    }
    throw RefusedException.unknownPath(request);
  }

  private Map<String, Function<RestRequest, JsonObject>> actions(String path) {
    return switch (path) {
      case "requests" ->
          Map.of("GET", _ -> requests(), "DELETE", _ -> done(emulator.calls()::clear));
      case "reset" -> Map.of("POST", _ -> done(emulator::reset));
      case "faults" ->
          Map.of(
              "GET",
              _ -> faults(),
              "POST",
              this::addFaults,
              "DELETE",
              _ -> done(emulator.faults()::clear));
      case "clock" -> Map.of("GET", _ -> clock(), "POST", this::advance);
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

  private JsonObject faults() {
    return FaultView.of(emulator.faults().states());
  }

  private JsonObject addFaults(RestRequest request) {
    emulator.faults().addFrom(request.body().toByteArray(), "body");
    return faults();
  }

  private JsonObject clock() {
    var json = new JsonObject();
    json.addProperty("now", emulator.now().toString());
    return json;
  }

  private JsonObject advance(RestRequest request) {
    try {
      emulator.advanceClock(Times.advance(request.body().toByteArray(), "body"));
    } catch (IllegalArgumentException e) {
      throw RefusedException.of(
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
    }
    return clock();
  }

  private static JsonObject done(Runnable action) {
    action.run();
    return new JsonObject();
  }
}
