package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.planner.Reversal.Kept;
import dev.kleos.iam.record.ChangeJson;
import java.io.IOException;
import java.util.List;

/// What only `undo` tells a program.
///
/// @param run that is taken back
/// @param kept what of it stays
public record UndoJson(int run, List<Kept> kept) implements JsonDetails {
  public UndoJson {
    kept = List.copyOf(kept);
  }

  @Override
  public void write(JsonWriter json, ChangeJson grants) throws IOException {
    json.name("undoes").value(run);
    json.name("stays").beginArray();
    for (var each : kept) {
      json.beginObject().name("resource").value(each.resource().name());
      var assignment = each.assignment();
      if (assignment != null) {
        json.name("role").value(assignment.role().name());
        json.name("principal").value(assignment.principal().spelling());
      }
      json.name("why")
          .value(
              switch (each.why()) {
                case CHANGED_SINCE -> "changedSince";
                case GONE -> "gone";
                case ACCOUNTS_STAY -> "accountsStay";
              });
      json.endObject();
    }
    json.endArray();
  }
}
