package dev.kleos.iam.record;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes and grants as JSON, by the schema `kleos-iam-report.schema.json`.
public final class ChangeJson {
  private final JsonWriter json;
  private final Locator locator;

  public ChangeJson(JsonWriter json, Locator locator) {
    this.json = json;
    this.locator = locator;
  }

  /// One change.
  ///
  /// @param outcome null where it was not tried
  public void change(Change change, @Nullable Outcome outcome) throws IOException {
    json.beginObject();
    json.name("kind").value(kind(change));
    json.name("resource").value(change.resource().name());
    switch (change) {
      case Change.CreateServiceAccount(var desired) -> account(desired);
      case Change.UpdateServiceAccount(_, var desired) -> account(desired);
      case Change.ModifyPolicy(var resource, _, var diff) -> {
        grants("add", resource, diff.added());
        grants("remove", resource, diff.removed());
      }
    }
    if (outcome != null) {
      outcome(new AppliedChange(change, outcome));
    }
    json.endObject();
  }

  /// The fields of a grant, inside an object that the caller opened.
  public void grant(Grant grant) throws IOException {
    json.name("role").value(grant.role().name());
    json.name("principal").value(grant.principal().spelling());
    if (grant.condition() != null) {
      json.name("condition");
      condition(grant.condition());
    }
  }

  /// The fields `code` and `message` of a failure, inside an object that the caller opened.
  public void failure(Failure failure) throws IOException {
    json.name("code").value(failure.code());
    json.name("message")
        .value(
            failure.advice().isEmpty()
                ? failure.message()
                : failure.message() + " " + failure.advice());
  }

  static String kind(Change change) {
    return switch (change) {
      case Change.CreateServiceAccount _ -> "createServiceAccount";
      case Change.UpdateServiceAccount _ -> "updateServiceAccount";
      case Change.ModifyPolicy _ -> "modifyPolicy";
    };
  }

  private void account(ServiceAccount desired) throws IOException {
    json.name("set").beginObject();
    if (desired.displayName() != null) {
      json.name("displayName").value(desired.displayName());
    }
    if (desired.description() != null) {
      json.name("description").value(desired.description());
    }
    json.endObject();
    json.name("add").beginArray().endArray();
    json.name("remove").beginArray().endArray();
  }

  private void grants(String name, Resource resource, Collection<Grant> grants) throws IOException {
    json.name(name).beginArray();
    for (var grant : grants) {
      json.beginObject();
      grant(grant);
      var place = locator.find(resource, grant.assignment());
      if (place.isPresent()) {
        place(place.get());
      }
      json.endObject();
    }
    json.endArray();
  }

  private void condition(Condition condition) throws IOException {
    json.beginObject();
    json.name("title").value(condition.title());
    json.name("expression").value(condition.expression());
    json.name("description").value(condition.description());
    json.endObject();
  }

  private void outcome(AppliedChange step) throws IOException {
    json.name("outcome");
    switch (step.outcome()) {
      case Outcome.Applied _ -> json.value("applied");
      case Outcome.AlreadyInEffect _ -> json.value("alreadyInEffect");
      case Outcome.Contended _ -> json.value("contended");
      case Outcome.Stopped _ -> json.value("stopped");
      case Outcome.Partly(_, var left, _) -> {
        json.value(step.written().isPresent() ? "partly" : "failed");
        errors(step);
        leftOut(left);
        rewritten(step);
      }
      case Outcome.Skipped(var dependency) -> {
        json.value("skipped");
        error(
            Failure.of(
                "SKIPPED",
                dependency.name(),
                "Needs " + dependency.name() + ", which failed.",
                ""));
      }
      case Outcome.Failed _ -> {
        json.value("failed");
        errors(step);
      }
      case Outcome.Rewritten rewritten -> {
        json.value("rewritten");
        error(
            Failure.of(
                "REWRITTEN",
                "",
                inWords(rewritten),
                "Write the stored principals into the plan file."));
        rewritten(step);
      }
    }
  }

  /// Whom Google took for whom, and what does not go together.
  private void rewritten(AppliedChange step) throws IOException {
    var resource = step.change().resource();
    if (step.outcome() instanceof Outcome.Rewritten rewritten) {
      json.name("rewritten").beginObject();
      json.name("substituted").beginArray();
      for (var pair : rewritten.substitutions()) {
        json.beginObject();
        json.name("sent").value(pair.sent().spelling());
        json.name("stored").value(pair.stored().spelling());
        json.endObject();
      }
      json.endArray();
      grants("missing", resource, rewritten.lost());
      grants("unexpected", resource, rewritten.strange());
      json.endObject();
    } else if (step.rest().isPresent()) {
      rewritten(step.rest().get());
    }
  }

  private static String inWords(Outcome.Rewritten rewritten) {
    var pairs =
        rewritten.substitutions().stream()
            .map(pair -> "Google stored " + pair.stored() + " for " + pair.sent() + ".");
    var lost =
        rewritten.lost().stream()
            .map(Grant::principal)
            .distinct()
            .map(who -> "Google did not store " + who + ".");
    var strange =
        rewritten.strange().stream()
            .map(Grant::principal)
            .distinct()
            .map(who -> "Google stored " + who + ", unasked.");
    return Stream.of(pairs, lost, strange).flatMap(lines -> lines).collect(joining(" "));
  }

  private void leftOut(GrantDiff left) throws IOException {
    json.name("leftOut").beginArray();
    for (var who : principals(left)) {
      json.value(who.spelling());
    }
    json.endArray();
  }

  private static Set<Principal> principals(GrantDiff diff) {
    return Stream.concat(diff.added().stream(), diff.removed().stream())
        .map(Grant::principal)
        .collect(toCollection(LinkedHashSet::new));
  }

  private void error(Failure failure) throws IOException {
    json.name("error");
    error(failure, Optional.empty());
  }

  /// All of them, and the first once more, for readers who expect no more than one.
  private void errors(AppliedChange step) throws IOException {
    var failures = step.failures();
    json.name("error");
    error(failures.getFirst(), culprit(step.change(), failures.getFirst()));
    if (failures.size() > 1) {
      json.name("errors").beginArray();
      for (var failure : failures) {
        error(failure, culprit(step.change(), failure));
      }
      json.endArray();
    }
  }

  private void error(Failure failure, Optional<Locator.Place> culprit) throws IOException {
    json.beginObject();
    failure(failure);
    if (failure.correction() != null) {
      json.name("correction").value(failure.correction());
    }
    if (culprit.isPresent()) {
      place(culprit.get());
    }
    json.endObject();
  }

  /// The line that names the member which Google does not accept.
  private Optional<Locator.Place> culprit(Change change, Failure failure) {
    return change instanceof Change.ModifyPolicy modify
        ? modify
            .blamedBy(failure)
            .flatMap(grant -> locator.find(modify.resource(), grant.assignment()))
        : Optional.empty();
  }

  private void place(Locator.Place place) throws IOException {
    json.name("file").value(place.file());
    json.name("line").value(place.line());
  }
}
