package dev.kleos.iam.report;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// What `-o json` prints, as far as it is the same for every command.
///
/// @param caller empty where there was no connection
record JsonDocument(String command, Optional<Caller> caller, ApiCalls calls) {
  private static final String FORMAT_VERSION = "1.5";

  /// Prints the document, as a whole or not at all.
  void print(PrintStream out, Body body) {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setIndent("  ");
      write(json, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(Escape.json(text.toString()));
  }

  private void write(JsonWriter json, Body body) throws IOException {
    json.beginObject();
    json.name("formatVersion").value(FORMAT_VERSION);
    json.name("command").value(command);
    CallerReport.write(json, caller);
    body.write(json);
    json.name("apiCalls").beginObject();
    json.name("read").value(calls.read());
    json.name("write").value(calls.write());
    json.endObject();
    json.endObject();
  }

  /// What this document has to tell.
  @FunctionalInterface
  interface Body {
    /// Writes the fields into an object that the caller opened.
    void write(JsonWriter json) throws IOException;
  }
}
