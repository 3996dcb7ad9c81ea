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
    var who = left.who();
    json.name("impersonation").beginObject();
    if (who.gcloud().isPresent()) {
      json.name("gcloud").value(who.gcloud().get().value());
    }
    if (who.programs().isPresent()) {
      json.name("programs").value(who.programs().get());
    }
    if (who.switchedOn().isPresent()) {
      json.name("since").value(who.switchedOn().get().since().toString());
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
