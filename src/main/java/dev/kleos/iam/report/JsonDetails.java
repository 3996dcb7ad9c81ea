package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.record.ChangeJson;
import java.io.IOException;

/// What only some commands tell a program, besides what every report has.
@FunctionalInterface
public interface JsonDetails {
  /// Nothing.
  JsonDetails NONE = (_, _) -> {};

  /// Writes the fields into an object that the caller opened; none where there is nothing to tell.
  ///
  /// @param grants writes grants into the same object
  void write(JsonWriter json, ChangeJson grants) throws IOException;
}
