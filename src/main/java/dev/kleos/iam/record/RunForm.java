package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of a run: what it is about, what became of one change, and which plan files it saved.
final class RunForm {
  private static final Document RUN = new Document("kleosIamRun", 1);
  private static final Document EDITS = new Document("kleosIamRunEdits", 1);
  private static final Document STEP = new Document("kleosIamRunStep", 1);

  private RunForm() {}

  /// What a run is about.
  ///
  /// @param ended null until then
  /// @param approved all that it may change, without what was there before
  record Run(RunHeader header, @Nullable Instant ended, List<Change> approved) {
    Run {
      approved = List.copyOf(approved);
    }

    /// Whether it is about any of the projects, in that place.
    boolean isOf(String place, Collection<String> projects) {
      return header.place().equals(place)
          && approved.stream().anyMatch(change -> projects.contains(change.resource().projectId()));
    }
  }

  /// What became of one change.
  record Step(Optional<Intent> intent, Optional<Outcome> outcome) {}

  static byte[] write(Run run) {
    return RUN.write(json -> {
      var header = run.header();
      json.name("began").value(header.began().toString());
      if (run.ended() != null) {
        json.name("ended").value(run.ended().toString());
      }
      json.name("command").value(header.command());
      json.name("place").value(header.place());
      json.name("caller").value(header.caller());
      json.name("version").value(header.version());
      json.name("undoes").value(header.undoes());
      if (header.savedChanges() != null) {
        json.name("savedChanges").value(header.savedChanges());
      }
      json.name("changes").beginArray();
      for (var change : run.approved()) {
        json.beginObject();
        ChangeForm.write(json, change, false);
        json.endObject();
      }
      json.endArray();
    });
  }

  static Run run(byte[] document) {
    var fields = RUN.read(document);
    var header =
        new RunHeader(
            fields.instant("began"),
            fields.text("command"),
            fields.text("place"),
            fields.text("caller"),
            fields.text("version"),
            fields.number("undoes"),
            fields.optionalText("savedChanges").orElse(null));
    return new Run(
        header,
        fields.optionalInstant("ended").orElse(null),
        fields.objects("changes", ChangeForm::read));
  }

  static byte[] write(Step step) {
    return STEP.write(json -> {
      if (step.intent().isPresent()) {
        intent(json, step.intent().get());
      }
      if (step.outcome().isPresent()) {
        json.name("outcome").beginObject();
        OutcomeForm.write(json, step.outcome().get());
        json.endObject();
      }
    });
  }

  static Step step(byte[] document) {
    var fields = STEP.read(document);
    return new Step(
        fields.optionalObject("intent").map(RunForm::intent),
        fields.optionalObject("outcome").map(OutcomeForm::read));
  }

  static byte[] write(List<RecordedEdit> edits) {
    return EDITS.write(json -> {
      json.name("edits").beginArray();
      for (var edit : edits) {
        json.beginObject();
        json.name("file").value(edit.file());
        json.name("before").value(edit.before());
        json.name("after").value(edit.after());
        json.endObject();
      }
      json.endArray();
    });
  }

  static List<RecordedEdit> edits(byte[] document) {
    return EDITS
        .read(document)
        .objects(
            "edits",
            fields ->
                new RecordedEdit(
                    fields
                        .understood("file", "is no path", () -> Path.of(fields.text("file")))
                        .toString(),
                    fields.text("before"),
                    fields.text("after")));
  }

  private static void intent(JsonWriter json, Intent intent) throws IOException {
    json.name("intent").beginObject();
    json.name("etag").value(intent.etag());
    ChangeForm.write(json, intent.change(), true);
    json.endObject();
  }

  private static Intent intent(Fields fields) {
    return new Intent(ChangeForm.read(fields), fields.text("etag"));
  }
}
