package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.record.ChangeJson;
import dev.kleos.iam.record.Locator;
import dev.kleos.iam.record.RecordedRun;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// What the journal has, for programs.
///
/// @param errors what could not be read
public record HistoryJson(List<RecordedRun> runs, List<Failure> errors) {
  public HistoryJson {
    runs = List.copyOf(runs);
    errors = List.copyOf(errors);
  }

  /// Prints the document.
  public void print(PrintStream out) {
    new JsonDocument("history", Optional.empty(), new ApiCalls(0, 0)).print(out, this::write);
  }

  private void write(JsonWriter json) throws IOException {
    var changes = new ChangeJson(json, Locator.NOWHERE);
    json.name("runs").beginArray();
    for (var run : runs) {
      json.beginObject();
      write(json, changes, run);
      json.endObject();
    }
    json.endArray();
    json.name("errors").beginArray();
    for (var error : errors) {
      json.beginObject().name("resource").value(error.resource());
      changes.failure(error);
      json.endObject();
    }
    json.endArray();
  }

  private static void write(JsonWriter json, ChangeJson changes, RecordedRun run)
      throws IOException {
    var header = run.header();
    json.name("run").value(run.number());
    json.name("state").value(state(run));
    json.name("began").value(header.began().toString());
    if (run.ended().isPresent()) {
      json.name("ended").value(run.ended().get().toString());
    }
    json.name("command").value(header.command());
    json.name("place").value(header.place());
    if (!header.caller().isEmpty()) {
      json.name("caller").value(header.caller());
    }
    json.name("projects").beginArray();
    for (var project : run.projects()) {
      json.value(project);
    }
    json.endArray();
    json.name("version").value(header.version());
    if (header.undoes() > 0) {
      json.name("undoes").value(header.undoes());
    }
    json.name("changes").beginArray();
    for (var step : run.steps()) {
      changes.change(step.change(), step.outcome().orElse(null));
    }
    json.endArray();
  }

  private static String state(RecordedRun run) {
    if (run.ended().isPresent()) {
      return "ended";
    }
    return run.isRunning() ? "running" : "interrupted";
  }
}
