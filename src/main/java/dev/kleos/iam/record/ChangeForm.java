package dev.kleos.iam.record;

import com.google.gson.stream.JsonWriter;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.io.IOException;

/// Changes as they are kept: as [ChangeJson] has them, and with what was there before.
final class ChangeForm {
  private ChangeForm() {}

  /// The fields of a change, inside an object that the caller opened.
  ///
  /// @param withBefore whether also what was there before
  static void write(JsonWriter json, Change change, boolean withBefore) throws IOException {
    json.name("kind").value(ChangeJson.kind(change));
    json.name("resource").value(change.resource().name());
    switch (change) {
      case CreateServiceAccount(var desired) -> account(json, "set", desired);
      case UpdateServiceAccount(var live, var desired) -> {
        account(json, "set", desired);
        if (withBefore) {
          account(json, "before", live);
        }
      }
      case ModifyPolicy(_, var planned, var diff) -> {
        GrantForm.write(json, diff);
        if (withBefore) {
          json.name("before").beginObject();
          GrantForm.write(json, planned);
          json.endObject();
        }
      }
    }
  }

  /// The change; where what was there before was not written, as if that had been no more than what
  /// it removes.
  static Change read(Fields fields) {
    var resource = resource(fields);
    return switch (fields.text("kind")) {
      case "createServiceAccount" ->
          new CreateServiceAccount(account(fields, resource, fields.object("set")));
      case "updateServiceAccount" -> {
        var desired = account(fields, resource, fields.object("set"));
        var before = fields.optionalObject("before");
        yield new UpdateServiceAccount(
            before.map(it -> account(fields, resource, it)).orElse(desired.withoutTexts()),
            desired);
      }
      case "modifyPolicy" -> {
        var diff = GrantForm.diff(fields);
        var before = fields.optionalObject("before").map(GrantForm::policy);
        yield new ModifyPolicy(
            resource, before.orElseGet(() -> AllowPolicy.of("", diff.removed())), diff);
      }
      default -> throw fields.wrong("kind", "is none that is known");
    };
  }

  static Resource resource(Fields fields) {
    return fields.understood(
        "resource", "is no resource", () -> Resource.ofName(fields.text("resource")));
  }

  private static void account(JsonWriter json, String name, ServiceAccount account)
      throws IOException {
    json.name(name).beginObject();
    account(json, account);
    json.endObject();
  }

  /// The fields of an account but its name, inside an object that the caller opened.
  static void account(JsonWriter json, ServiceAccount account) throws IOException {
    if (account.displayName() != null) {
      json.name("displayName").value(account.displayName());
    }
    if (account.description() != null) {
      json.name("description").value(account.description());
    }
    if (account.uniqueId() != null) {
      json.name("uniqueId").value(account.uniqueId());
    }
    if (account.disabled()) {
      json.name("disabled").value(true);
    }
  }

  /// The account of a resource.
  ///
  /// @param change what names the resource
  static ServiceAccount account(Fields change, Resource resource, Fields fields) {
    if (!(resource instanceof Resource.Account account)) {
      throw change.wrong("resource", "is no service account");
    }
    return new ServiceAccount(
        account,
        fields.optionalText("displayName").orElse(null),
        fields.optionalText("description").orElse(null),
        fields.optionalText("uniqueId").orElse(null),
        fields.has("disabled") && fields.flag("disabled"));
  }
}
