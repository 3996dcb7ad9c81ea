package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Findings as JSON, by the schema `kleos-iam-report.schema.json`.
public final class FindingJson {
  private final JsonWriter json;
  private final ChangeJson changes;

  public FindingJson(JsonWriter json, ChangeJson changes) {
    this.json = json;
    this.changes = changes;
  }

  /// All of them, as an array.
  public void findings(List<Finding> findings) throws IOException {
    json.beginArray();
    for (var finding : findings) {
      json.beginObject();
      switch (finding) {
        case Finding.Headroom(var resource, var usage) -> {
          about("headroom", resource.name());
          usage(usage);
        }
        case Finding.DeletedMembers(var resource, var count) -> {
          about("deletedMembers", resource.name());
          json.name("count").value(count);
        }
        case Finding.Ending(var resource, var grant, var end) -> {
          about("ending", resource.name());
          changes.grant(grant);
          json.name("end").value(end.toString());
        }
        case Finding.NothingToRemove(var principal, var isNamed) -> {
          json.name("kind").value("nothingToRemove");
          json.name("principal").value(principal.spelling());
          json.name("isNamed").value(isNamed);
        }
        case Finding.Lost lost -> {
          json.name("kind").value("lost");
          json.name("principal").value(lost.principal().spelling());
          json.name("isBack").value(lost.isBack());
          traces(lost);
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private void about(String kind, String resource) throws IOException {
    json.name("kind").value(kind);
    json.name("resource").value(resource);
  }

  private void usage(Usage usage) throws IOException {
    json.name("limit").value(usage.limit().name().toLowerCase(Locale.ROOT));
    json.name("used").value(usage.used());
    json.name("most").value(usage.limit().most());
    if (!usage.about().isEmpty()) {
      json.name("about").value(usage.about());
    }
  }

  private void traces(Finding.Lost lost) throws IOException {
    json.name("lost").beginArray();
    for (var trace : lost.lost()) {
      json.beginObject().name("resource").value(trace.resource().name());
      changes.grant(trace.grant());
      json.endObject();
    }
    json.endArray();
  }
}
