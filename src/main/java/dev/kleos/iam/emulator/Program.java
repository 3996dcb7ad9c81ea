package dev.kleos.iam.emulator;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The program of a Cloud Run service, which says what it got, and from whom, as far as the ID
/// token tells (**documented**: the e-mail only where it was asked for); or fails, where the world
/// says so.
final class Program {
  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json; charset=UTF-8");

  private static final int FIRST_FAILURE = 400;

  /// **Documented** in RFC 9110: no content comes with these.
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  private Program() {}

  /// @param caller who called; empty where nobody said it, or nobody asked
  static FrontEndAnswer answer(
      FrontEndRequest request, Destination found, Optional<Visitor.Known> caller) {
    var status = found.service().settings().answers();
    if (WITHOUT_BODY.contains(status)) {
      return new FrontEndAnswer(status, Map.of(), "");
    }
    try {
      var body =
          status < FIRST_FAILURE
              ? JsonText.of(json -> write(json, request, found, caller))
              : JsonText.of(json -> writeFailure(json, found, status));
      return new FrontEndAnswer(status, JSON, body + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("a text that cannot be written to", e);
    }
  }

  private static void write(
      JsonWriter json, FrontEndRequest request, Destination found, Optional<Visitor.Known> caller)
      throws IOException {
    json.beginObject().name("service").value(found.service().key());
    json.name("method").value(request.method());
    json.name("path").value(found.path() + found.query());
    json.name("caller");
    if (caller.isPresent()) {
      json.beginObject();
      JsonText.member(json, "email", caller.get().email().orElse(""));
      json.name("sub").value(caller.get().subject()).endObject();
    } else {
      json.nullValue();
    }
    json.name("body").value(request.body().toStringUtf8()).endObject();
  }

  private static void writeFailure(JsonWriter json, Destination found, int status)
      throws IOException {
    json.beginObject().name("service").value(found.service().key());
    json.name("error").value("The service answers " + status + ".").endObject();
  }
}
