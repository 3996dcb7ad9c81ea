package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planner.Doubt;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.record.ChangeJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `-o json` tells of `grant` and `revoke` beside the changes: the edits of plan files, what
/// speaks for a slip of the fingers, and what access is left.
///
/// @param saved the files whose edit was saved, by name
/// @param kept entries whose end stays
/// @param remainder empty where nothing was revoked
/// @param effective whether it was seen to work; empty where nobody looked
public record AccessJson(
    List<FileEdit> edits,
    Set<String> saved,
    List<Doubt> doubts,
    List<PlanEntry> kept,
    Optional<Remainder> remainder,
    Optional<Boolean> effective)
    implements JsonDetails {
  public AccessJson {
    edits = List.copyOf(edits);
    saved = Set.copyOf(saved);
    doubts = List.copyOf(doubts);
    kept = List.copyOf(kept);
  }

  @Override
  public void write(JsonWriter json, ChangeJson grants) throws IOException {
    if (!edits.isEmpty()) {
      json.name("edits").beginArray();
      for (var edit : edits) {
        write(json, edit);
      }
      json.endArray();
    }
    if (!doubts.isEmpty()) {
      json.name("doubts").beginArray();
      for (var doubt : doubts) {
        write(json, doubt);
      }
      json.endArray();
    }
    if (!kept.isEmpty()) {
      json.name("kept").beginArray();
      for (var entry : kept) {
        write(json, entry);
      }
      json.endArray();
    }
    if (effective.isPresent()) {
      json.name("effective").value(effective.get());
    }
    if (remainder.isPresent()) {
      json.name("remaining").beginArray();
      write(json, grants, remainder.get().own(), false);
      write(json, grants, remainder.get().through(), true);
      json.endArray();
    }
  }

  private void write(JsonWriter json, FileEdit edit) throws IOException {
    json.beginObject();
    json.name("file").value(edit.file());
    json.name("saved").value(saved.contains(edit.file()));
    json.name("hunks").beginArray();
    for (var hunk : edit.hunks()) {
      json.beginObject();
      json.name("line").value(hunk.oldLine());
      lines(json, "removed", hunk.removed());
      lines(json, "added", hunk.added());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void write(JsonWriter json, Doubt doubt) throws IOException {
    json.beginObject();
    json.name("principal").value(doubt.principal().spelling());
    json.name("message").value(Phrases.doubt(doubt) + ".");
    if (doubt.instead().isPresent()) {
      json.name("instead").value(doubt.instead().get());
    }
    json.endObject();
  }

  private static void write(JsonWriter json, PlanEntry entry) throws IOException {
    json.beginObject();
    json.name("principal").value(entry.principal().spelling());
    if (entry.until() != null) {
      json.name("until").value(entry.until().spelling());
    }
    json.name("file").value(entry.origin().file());
    json.name("line").value(entry.origin().line());
    json.endObject();
  }

  private static void lines(JsonWriter json, String name, List<String> lines) throws IOException {
    json.name(name).beginArray();
    for (var line : lines) {
      json.value(line);
    }
    json.endArray();
  }

  private static void write(
      JsonWriter json, ChangeJson grants, List<Remainder.Left> all, boolean through)
      throws IOException {
    for (var left : all) {
      json.beginObject();
      json.name("resource").value(left.resource().name());
      grants.grant(left.grant());
      json.name("through").value(through);
      json.endObject();
    }
  }
}
