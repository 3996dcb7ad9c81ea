package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.record.SavedChanges.Header;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Said;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The one file of saved changes.
final class SavedForm {
  static final Document DOCUMENT = new Document("kleosIamSavedChanges", 1);

  private SavedForm() {}

  static byte[] write(SavedChanges saved) {
    return DOCUMENT.write(json -> {
      header(json, saved.header());
      DesiredForm.write(json, saved.desired(), saved.lines());
      changeSet(json, saved.changeSet());
    });
  }

  /// @throws DocumentException where they are none, or not as they were written
  static SavedChanges read(byte[] document) {
    return read(DOCUMENT.read(document));
  }

  static SavedChanges read(Fields fields) {
    var lines = new HashMap<Resource, Map<Grant.Assignment, PlanLine>>();
    var desired = DesiredForm.read(fields.object("desired"), lines);
    var changeSet = changeSet(fields);
    var seen = new HashSet<String>();
    for (var change : changeSet.changes()) {
      if (!seen.add(ChangeJson.kind(change) + " " + change.resource().name())) {
        throw fields.wrong("changes", "has two of the same resource");
      }
      if (!isNamed(change, desired)) {
        throw fields.wrong("changes", "has one of what is not in \"desired\"");
      }
    }
    return new SavedChanges(header(fields), desired, lines, changeSet);
  }

  private static boolean isNamed(Change change, DesiredState desired) {
    return switch (change) {
      case Change.CreateServiceAccount(var account) -> desired.accounts().contains(account);
      case Change.UpdateServiceAccount(_, var account) -> desired.accounts().contains(account);
      case Change.ModifyPolicy(var resource, _, _) ->
          desired.policies().stream().anyMatch(policy -> policy.resource().equals(resource));
    };
  }

  private static void header(JsonWriter json, Header header) throws IOException {
    json.name("planned").value(header.planned().toString());
    json.name("expires").value(header.expires().toString());
    json.name("place").value(header.place());
    json.name("caller").value(header.caller());
    json.name("version").value(header.version());
    texts(json, "arguments", header.arguments());
    json.name("said").beginObject();
    json.name("percent").value(header.said().percent());
    json.name("fewest").value(header.said().fewest());
    json.name("count").value(header.said().count());
    texts(json, "consents", header.said().consents());
    json.endObject();
    json.name("planFiles").beginArray();
    for (var file : header.planFiles()) {
      json.beginObject();
      json.name("name").value(file.name());
      json.name("project").value(file.project());
      json.name("sha256").value(file.sha256());
      json.endObject();
    }
    json.endArray();
  }

  private static Header header(Fields fields) {
    var said = fields.object("said");
    return new Header(
        fields.instant("planned"),
        fields.instant("expires"),
        fields.text("place"),
        fields.text("caller"),
        fields.text("version"),
        fields.texts("arguments"),
        new Said(
            said.number("percent"),
            said.number("fewest"),
            said.number("count"),
            said.texts("consents")),
        fields.objects(
            "planFiles",
            file -> new PlanFile(file.text("name"), file.text("project"), file.text("sha256"))));
  }

  private static void changeSet(JsonWriter json, ChangeSet changeSet) throws IOException {
    var grants = new ChangeJson(json, Locator.NOWHERE);
    json.name("changes").beginArray();
    for (var change : changeSet.changes()) {
      json.beginObject();
      ChangeForm.write(json, change, true);
      json.endObject();
    }
    json.endArray();
    json.name("unmanaged").beginArray();
    for (var unmanaged : changeSet.unmanaged()) {
      json.beginObject().name("resource").value(unmanaged.resource().name());
      grants.grant(unmanaged.grant());
      json.endObject();
    }
    json.endArray();
    texts(json, "disabled", changeSet.disabled().stream().map(Resource::name).toList());
    json.name("findings");
    new FindingJson(json, grants).findings(changeSet.findings());
  }

  private static ChangeSet changeSet(Fields fields) {
    return new ChangeSet(
        fields.objects("changes", ChangeForm::read),
        fields.objects(
            "unmanaged",
            entry -> new UnmanagedGrant(ChangeForm.resource(entry), GrantForm.grant(entry))),
        fields.texts("disabled").stream().map(name -> account(fields, name)).toList(),
        fields.objects("findings", FindingForm::read),
        List.of());
  }

  private static Resource.Account account(Fields fields, String name) {
    var resource = fields.understood("disabled", "has no account", () -> Resource.ofName(name));
    if (resource instanceof Resource.Account account) {
      return account;
    }
    throw fields.wrong("disabled", "has no account");
  }

  private static void texts(JsonWriter json, String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (var text : texts) {
      json.value(text);
    }
    json.endArray();
  }
}
