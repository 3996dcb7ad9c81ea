package dev.kleos.iam.report;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.Problem;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.record.ChangeJson;
import dev.kleos.iam.record.FindingJson;
import dev.kleos.iam.record.Locator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// What `-o json` prints: one document, by the schema `kleos-iam-report.schema.json`.
///
/// @param caller empty where there was no connection
/// @param now what decides whether a grant has ended
/// @param applied what was tried; empty where nothing was
/// @param details what only this command tells
/// @param errors what could not be read, and what speaks against applying
public record JsonReport(
    String command,
    Optional<Caller> caller,
    ChangeSet changeSet,
    Instant now,
    List<AppliedChange> applied,
    JsonDetails details,
    Origins origins,
    List<Problem> problems,
    List<Failure> errors,
    ApiCalls calls) {
  /// A report of nothing but problems in plan files.
  public static JsonReport ofProblems(String command, List<Problem> problems) {
    return empty(command, problems, List.of());
  }

  /// A report of what ended the run before anything could be read.
  public static JsonReport ofFailure(String command, List<Problem> problems, Failure failure) {
    return empty(command, problems, List.of(failure));
  }

  private static JsonReport empty(String command, List<Problem> problems, List<Failure> errors) {
    return new JsonReport(
        command,
        Optional.empty(),
        ChangeSet.EMPTY,
        Instant.EPOCH,
        List.of(),
        JsonDetails.NONE,
        Origins.NONE,
        problems,
        errors,
        new ApiCalls(0, 0));
  }

  /// What could not be read and what speaks against applying, as one list.
  ///
  /// @param origins which line asks for what
  public static List<Failure> errors(ChangeSet changeSet, List<Refusal> refusals, Origins origins) {
    var errors = new ArrayList<>(changeSet.unreadable());
    for (var refusal : refusals) {
      errors.add(
          Failure.of(
              "REFUSED",
              refusal.resource() == null ? "" : refusal.resource().name(),
              Phrases.sentence(Phrases.evidence(refusal, origins)),
              Phrases.sentence(refusal.override())));
    }
    return errors;
  }

  /// Prints the document.
  public void print(PrintStream out) {
    new JsonDocument(command, caller, calls).print(out, this::write);
  }

  private void write(JsonWriter json) throws IOException {
    var changes = new ChangeJson(json, locator());
    writeChanges(json, changes);
    principals(json, "losesAccess", changeSet.losers(now));
    principals(json, "cutShort", changeSet.cutShort(now));
    json.name("unmanaged").beginArray();
    for (var unmanaged : changeSet.unmanaged()) {
      json.beginObject().name("resource").value(unmanaged.resource().name());
      changes.grant(unmanaged.grant());
      json.endObject();
    }
    json.endArray();
    json.name("disabled").beginArray();
    for (var account : changeSet.disabled()) {
      json.value(account.name());
    }
    json.endArray();
    json.name("findings");
    new FindingJson(json, changes).findings(changeSet.findings());
    details.write(json, changes);
    writeProblems(json);
    json.name("errors").beginArray();
    for (var error : errors) {
      json.beginObject().name("resource").value(error.resource());
      changes.failure(error);
      json.endObject();
    }
    json.endArray();
    var summary = changeSet.summary();
    json.name("summary").beginObject();
    json.name("create").value(summary.create());
    json.name("update").value(summary.update());
    json.name("add").value(summary.add());
    json.name("remove").value(summary.remove());
    json.name("unmanaged").value(summary.unmanaged());
    json.endObject();
  }

  private void writeChanges(JsonWriter json, ChangeJson changes) throws IOException {
    var outcomes = new IdentityHashMap<Change, Outcome>();
    applied.forEach(step -> outcomes.put(step.change(), step.outcome()));
    json.name("changes").beginArray();
    for (var change : changeSet.changes()) {
      changes.change(change, outcomes.get(change));
    }
    json.endArray();
  }

  private static void principals(JsonWriter json, String name, Collection<Principal> principals)
      throws IOException {
    json.name(name).beginArray();
    for (var principal : principals) {
      json.value(principal.spelling());
    }
    json.endArray();
  }

  private void writeProblems(JsonWriter json) throws IOException {
    json.name("problems").beginArray();
    for (var problem : problems) {
      json.beginObject();
      json.name("code").value(problem.code());
      json.name("severity").value(Phrases.severity(problem));
      json.name("file").value(problem.origin().file());
      json.name("line").value(problem.origin().line());
      json.name("column").value(problem.origin().column());
      json.name("message").value(problem.message());
      json.endObject();
    }
    json.endArray();
  }

  private Locator locator() {
    return (resource, assignment) ->
        origins
            .of(resource, assignment)
            .map(origin -> new Locator.Place(origin.file(), origin.line()));
  }
}
