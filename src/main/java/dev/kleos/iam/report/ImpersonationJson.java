package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.checkup.LeftOn;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.cloud.ApiCalls;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;

/// Whom gcloud and programs act as on this machine, for programs.
///
/// @param command a remedy as a command
public record ImpersonationJson(LeftOn left, Function<Remedy, String> command) {

  /// Prints the document.
  public void print(PrintStream out) {
    new JsonDocument("impersonate", Optional.empty(), new ApiCalls(0, 0)).print(out, this::write);
  }

  private void write(JsonWriter json) throws IOException {
    json.name("impersonation").beginObject();
    if (left.gcloud().isPresent()) {
      json.name("gcloud").value(left.gcloud().get());
    }
    if (left.programs().isPresent()) {
      json.name("programs").value(left.programs().get());
    }
    if (left.since().isPresent()) {
      json.name("since").value(left.since().get().toString());
    }
    json.name("warnings").beginArray();
    for (var warning : left.warnings()) {
      json.value(warning);
    }
    json.endArray();
    json.name("ends").beginArray();
    for (var end : left.ends()) {
      json.value(command.apply(end));
    }
    json.endArray();
    json.endObject();
  }
}
