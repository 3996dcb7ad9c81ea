package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.planner.Move;
import dev.kleos.iam.planner.Rebased;
import dev.kleos.iam.record.ChangeJson;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Since;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Saved changes for programs: the field `saved` and, where they were to be applied, what has
/// become of them.
///
/// @param file as it was named
/// @param sha256 by which the journal knows them
/// @param planFiles how they compare; empty where that was not looked at
/// @param rebased what has become of them; empty where that was not looked at
public record SavedJson(
    String file,
    String sha256,
    SavedChanges.Header header,
    Map<PlanFile, Since> planFiles,
    Optional<Rebased> rebased,
    Instant now)
    implements JsonDetails {

  @Override
  public void write(JsonWriter json, ChangeJson grants) throws IOException {
    json.name("saved").beginObject();
    json.name("file").value(file);
    json.name("sha256").value(sha256);
    json.name("planned").value(header.planned().toString());
    json.name("expires").value(header.expires().toString());
    json.name("hasExpired").value(header.hasExpired(now));
    json.name("place").value(header.place());
    json.name("caller").value(header.caller());
    json.name("version").value(header.version());
    json.name("arguments").beginArray();
    for (var argument : header.arguments()) {
      json.value(argument);
    }
    json.endArray();
    json.name("planFiles").beginArray();
    for (var file : header.planFiles()) {
      json.beginObject();
      json.name("name").value(file.name());
      json.name("project").value(file.project());
      json.name("sha256").value(file.sha256());
      if (planFiles.containsKey(file)) {
        json.name("since").value(planFiles.get(file).name().toLowerCase(Locale.ROOT));
      }
      json.endObject();
    }
    json.endArray();
    json.endObject();
    if (rebased.isPresent()) {
      write(json, grants, rebased.get());
    }
  }

  private static void write(JsonWriter json, ChangeJson grants, Rebased rebased)
      throws IOException {
    json.name("inEffect").beginArray();
    for (var change : rebased.inEffect()) {
      grants.change(change, null);
    }
    json.endArray();
    json.name("movedElsewhere").beginArray();
    for (var elsewhere : rebased.elsewhere()) {
      json.beginObject();
      json.name("resource").value(elsewhere.resource().name());
      json.name("added").value(elsewhere.since().added().size());
      json.name("removed").value(elsewhere.since().removed().size());
      json.endObject();
    }
    json.endArray();
    json.name("moved").beginArray();
    for (var move : rebased.moved()) {
      json.beginObject().name("resource").value(move.resource().name());
      write(json, grants, move);
      json.endObject();
    }
    json.endArray();
  }

  private static void write(JsonWriter json, ChangeJson grants, Move move) throws IOException {
    json.name("what");
    switch (move) {
      case Move.Access(_, var assignment, var before, var now) -> {
        json.value("access");
        json.name("role").value(assignment.role().name());
        json.name("principal").value(assignment.principal().spelling());
        write(json, grants, "before", before);
        write(json, grants, "now", now);
      }
      case Move.Text(_, var what, var before, var now) -> {
        json.value(what);
        json.name("before").value(before);
        json.name("now").value(now);
      }
      case Move.Appeared _ -> json.value("appeared");
      case Move.Gone _ -> json.value("gone");
      case Move.Recreated _ -> json.value("recreated");
    }
  }

  private static void write(JsonWriter json, ChangeJson grants, String name, List<Grant> held)
      throws IOException {
    json.name(name).beginArray();
    for (var grant : held) {
      json.beginObject();
      grants.grant(grant);
      json.endObject();
    }
    json.endArray();
  }

  /// What moved, as what went wrong.
  public static List<Failure> stale(List<Move> moved) {
    return moved.stream()
        .map(move ->
            Failure.of(
                "STALE",
                move.resource().name(),
                "Moved since it was planned: " + SavedReport.words(move) + ".",
                "Plan it again."))
        .toList();
  }
}
