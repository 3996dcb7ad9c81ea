package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The line of a plan file that asked for a role of a principal.
///
/// @param line from 1
/// @param column from 1, in characters
/// @param reason what the entry says it is for; null where it says nothing
public record PlanLine(String file, int line, int column, @Nullable String reason) {
  /// The fields, inside an object that the caller opened.
  void write(JsonWriter json) throws IOException {
    json.name("file").value(file);
    json.name("line").value(line);
    json.name("column").value(column);
    if (reason != null) {
      json.name("reason").value(reason);
    }
  }

  static Optional<PlanLine> read(Fields fields) {
    return fields
        .optionalText("file")
        .map(file ->
            new PlanLine(
                file,
                fields.position("line"),
                fields.position("column"),
                fields.optionalText("reason").orElse(null)));
  }
}
