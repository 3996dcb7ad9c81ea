package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.FaultKind;
import dev.kleos.iam.emulator.Faults;
import dev.kleos.iam.emulator.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Faults as they are written, and what has become of each.
final class FaultView {
  private FaultView() {}

  static JsonObject of(List<Faults.State> states) {
    var faults = new JsonArray();
    states.forEach(state -> faults.add(of(state)));
    var json = new JsonObject();
    json.add("faults", faults);
    return json;
  }

  private static JsonObject of(Faults.State state) {
    var json = new JsonObject();
    json.addProperty("fault", name(state.fault().kind()));
    json.addProperty("method", state.fault().method());
    json.addProperty("resource", state.fault().resource());
    json.addProperty("after", state.fault().after());
    add(json, "count", state.fault().count());
    details(json, state.fault().kind());
    add(json, "left", state.left());
    json.addProperty("injected", state.injected());
    return json;
  }

  private static String name(FaultKind kind) {
    return switch (kind) {
      case FaultKind.Status _ -> "status";
      case FaultKind.Conflict _ -> "conflict";
      case FaultKind.Latency _ -> "latency";
      case FaultKind.AnswerLost _ -> "answer-lost";
      case FaultKind.ConnectionCut _ -> "connection-cut";
      case FaultKind.StaleReads _ -> "stale-reads";
      case FaultKind.FlappingAccounts _ -> "flapping-accounts";
      case FaultKind.ShortPage _ -> "short-page";
    };
  }

  private static void details(JsonObject json, FaultKind kind) {
    switch (kind) {
      case FaultKind.Status(var code, var message, var retryDelay) -> {
        json.addProperty("code", code.name());
        if (!message.isEmpty()) {
          json.addProperty("message", message);
        }
        add(json, "retryDelay", retryDelay);
      }
      case FaultKind.Latency(var time) -> add(json, "time", Optional.of(time));
      case FaultKind.StaleReads(var time) -> add(json, "for", time);
      case FaultKind.FlappingAccounts(var time) -> add(json, "for", time);
      case FaultKind.ShortPage(var entries) -> json.addProperty("entries", entries);
      case FaultKind.Conflict _, FaultKind.AnswerLost _, FaultKind.ConnectionCut _ -> {}
    }
  }

  private static void add(JsonObject json, String name, OptionalLong number) {
    if (number.isPresent()) {
      json.addProperty(name, number.getAsLong());
    } else {
      json.addProperty(name, "always");
    }
  }

  private static void add(JsonObject json, String name, Optional<Duration> time) {
    time.ifPresent(each -> json.addProperty(name, Times.of(each)));
  }
}
