package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Grants and policies as they are kept: a grant in the form of [ChangeJson], a policy as its
/// grants with all spellings, in the order in which Google answered.
final class GrantForm {
  private GrantForm() {}

  static void write(JsonWriter json, String name, Collection<Grant> grants) throws IOException {
    var form = new ChangeJson(json, Locator.NOWHERE);
    json.name(name).beginArray();
    for (var grant : grants) {
      json.beginObject();
      form.grant(grant);
      json.endObject();
    }
    json.endArray();
  }

  /// The fields `add` and `remove`.
  static void write(JsonWriter json, GrantDiff diff) throws IOException {
    write(json, "add", diff.added());
    write(json, "remove", diff.removed());
  }

  /// The fields of a policy, inside an object that the caller opened.
  static void write(JsonWriter json, AllowPolicy policy) throws IOException {
    var form = new ChangeJson(json, Locator.NOWHERE);
    json.name("etag").value(policy.etag());
    json.name("exemptions").value(policy.exemptions());
    json.name("grants").beginArray();
    for (var entry : policy.spellings().entrySet()) {
      json.beginObject();
      form.grant(entry.getKey());
      var spelling = entry.getKey().principal().spelling();
      if (!entry.getValue().equals(Set.of(spelling))) {
        json.name("spellings").beginArray();
        for (var other : entry.getValue()) {
          json.value(other);
        }
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
  }

  static Set<Grant> grants(Fields fields, String name) {
    return new LinkedHashSet<>(fields.objects(name, GrantForm::grant));
  }

  static GrantDiff diff(Fields fields) {
    return fields.understood(
        "add",
        "holds what \"remove\" holds as well",
        () -> GrantDiff.of(grants(fields, "add"), grants(fields, "remove")));
  }

  static AllowPolicy policy(Fields fields) {
    var spellings = new LinkedHashMap<Grant, Set<String>>();
    fields.objects(
        "grants",
        entry -> {
          var grant = grant(entry);
          var all =
              entry.has("spellings")
                  ? entry.texts("spellings")
                  : List.of(grant.principal().spelling());
          if (all.isEmpty()) {
            throw entry.wrong("spellings", "is empty");
          }
          return spellings.put(grant, new LinkedHashSet<>(all));
        });
    return new AllowPolicy(fields.text("etag"), spellings, fields.number("exemptions"));
  }

  static Grant grant(Fields fields) {
    var role = fields.understood("role", "is no role", () -> new Role(fields.text("role")));
    var principal =
        fields.understood(
            "principal", "is no principal", () -> Principal.of(fields.text("principal")));
    return new Grant(
        role, principal, fields.optionalObject("condition").map(GrantForm::condition).orElse(null));
  }

  private static Condition condition(Fields fields) {
    return new Condition(
        fields.text("title"), fields.text("expression"), fields.text("description"));
  }
}
