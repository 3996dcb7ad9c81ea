package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.checkup.Step;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A checkup for programs, by the schema `kleos-iam-report.schema.json`.
///
/// @param caller empty where there was no connection
/// @param command a remedy as a command; empty where it is none
public record CheckupJson(
    Optional<Caller> caller, List<Step> steps, ApiCalls calls, Function<Remedy, String> command) {

  /// Prints the document.
  public void print(PrintStream out) {
    new JsonDocument("doctor", caller, calls).print(out, this::write);
  }

  private void write(JsonWriter json) throws IOException {
    json.name("steps").beginArray();
    for (var step : steps) {
      write(json, step);
    }
    json.endArray();
  }

  private void write(JsonWriter json, Step step) throws IOException {
    json.beginObject();
    json.name("step").value(step.stage().id());
    json.name("state").value(step.state().name().toLowerCase(Locale.ROOT));
    json.name("finding").value(step.finding());
    if (step.remedy() instanceof Remedy.Advice(var advice)) {
      json.name("advice").value(advice);
    }
    var mends = command.apply(step.remedy());
    if (!mends.isEmpty()) {
      json.name("command").value(mends);
      json.name("runBy").value(step.remedy().isForAdmin() ? "admin" : "you");
    }
    json.name("mayPass").value(step.mayPass());
    json.endObject();
  }
}
