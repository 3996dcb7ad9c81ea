package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import java.io.IOException;
import java.util.Collections;

/// Outcomes as they are kept.
final class OutcomeForm {
  private OutcomeForm() {}

  /// The fields of an outcome, inside an object that the caller opened.
  static void write(JsonWriter json, Outcome outcome) throws IOException {
    json.name("is");
    switch (outcome) {
      case Outcome.Applied(var attempts) -> json.value("applied").name("attempts").value(attempts);
      case Outcome.AlreadyInEffect(var isPerhapsOurs) ->
          json.value("alreadyInEffect").name("perhapsOurs").value(isPerhapsOurs);
      case Outcome.Skipped(var dependency) ->
          json.value("skipped").name("dependency").value(dependency.name());
      case Outcome.Failed(var failure) -> {
        json.value("failed");
        failure(json, "failure", failure);
      }
      case Outcome.Partly(var failures, var left, var rest) -> {
        json.value("partly").name("failures").beginArray();
        for (var failure : failures) {
          json.beginObject();
          failure(json, failure);
          json.endObject();
        }
        json.endArray();
        json.name("left").beginObject();
        GrantForm.write(json, left);
        json.endObject();
        json.name("rest").beginObject();
        write(json, rest);
        json.endObject();
      }
      case Outcome.Stopped() -> json.value("stopped");
      case Outcome.Contended(var attempts) ->
          json.value("contended").name("attempts").value(attempts);
      case Outcome.Rewritten(var missing, var unexpected) -> {
        json.value("rewritten");
        GrantForm.write(json, "missing", missing);
        GrantForm.write(json, "unexpected", unexpected);
      }
    }
  }

  static Outcome read(Fields fields) {
    return switch (fields.text("is")) {
      case "applied" -> new Outcome.Applied(fields.number("attempts"));
      case "alreadyInEffect" -> new Outcome.AlreadyInEffect(fields.flag("perhapsOurs"));
      case "skipped" ->
          new Outcome.Skipped(
              fields.understood(
                  "dependency",
                  "is no resource",
                  () -> Resource.ofName(fields.text("dependency"))));
      case "failed" -> new Outcome.Failed(failure(fields.object("failure")));
      case "partly" ->
          new Outcome.Partly(
              fields.objects("failures", OutcomeForm::failure),
              GrantForm.diff(fields.object("left")),
              read(fields.object("rest")));
      case "stopped" -> new Outcome.Stopped();
      case "contended" -> new Outcome.Contended(fields.number("attempts"));
      case "rewritten" -> {
        var missing = GrantForm.grants(fields, "missing");
        var unexpected = GrantForm.grants(fields, "unexpected");
        if (!Collections.disjoint(missing, unexpected)) {
          throw fields.wrong("missing", "holds what \"unexpected\" holds as well");
        }
        yield new Outcome.Rewritten(missing, unexpected);
      }
      default -> throw fields.wrong("is", "is none that is known");
    };
  }

  private static void failure(JsonWriter json, String name, Failure failure) throws IOException {
    json.name(name).beginObject();
    failure(json, failure);
    json.endObject();
  }

  private static void failure(JsonWriter json, Failure failure) throws IOException {
    json.name("code").value(failure.code());
    json.name("resource").value(failure.resource());
    json.name("message").value(failure.message());
    json.name("advice").value(failure.advice());
    if (failure.culprit() != null) {
      json.name("culprit").value(failure.culprit());
    }
    if (failure.correction() != null) {
      json.name("correction").value(failure.correction());
    }
    if (failure.permission() != null) {
      json.name("permission").value(failure.permission());
    }
  }

  private static Failure failure(Fields fields) {
    return new Failure(
        fields.text("code"),
        fields.text("resource"),
        fields.text("message"),
        fields.text("advice"),
        fields.optionalText("culprit").orElse(null),
        fields.optionalText("correction").orElse(null),
        fields.optionalText("permission").orElse(null));
  }
}
