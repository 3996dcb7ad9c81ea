package dev.kleos.iam.emulator;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes a world in the format of the package's comment. Used under the world's lock.
///
/// By hand rather than by protobuf's own JSON, which needs the descriptors of all that it prints:
/// this is done at every save.
final class WorldWriter {
  private final JsonWriter json;

  private WorldWriter(JsonWriter json) {
    this.json = json;
  }

  /// The whole file, as UTF-8.
  static byte[] write(World world) throws IOException {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.setHtmlSafe(false);
      new WorldWriter(json).writeWorld(world);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeWorld(World world) throws IOException {
    json.beginObject().name(WorldReader.HEADER).value(WorldReader.VERSION);
    if (!world.limited()) {
      json.name("limits").value("off");
    }
    json.name("projects").beginObject();
    for (var project : world.projects.all().values()) {
      json.name(project.id()).beginObject().name("number").value(project.number()).endObject();
    }
    json.endObject().name("services").beginArray();
    for (var service : world.services.rows().keySet()) {
      json.value(service);
    }
    json.endArray().name("serviceAccounts").beginObject();
    for (var account : world.accounts.all().values()) {
      json.name(account.uniqueId());
      writeAccount(account);
    }
    json.endObject().name("policies").beginObject();
    for (var policy : world.policies.all().entrySet()) {
      json.name(policy.getKey());
      writePolicy(policy.getValue());
    }
    json.endObject().endObject();
  }

  private void writeAccount(Account account) throws IOException {
    json.beginObject()
        .name("project")
        .value(account.project())
        .name("email")
        .value(account.email());
    writeText("displayName", account.displayName());
    writeText("description", account.description());
    if (account.disabled()) {
      json.name("disabled").value(true);
    }
    writeText("deleteTime", account.deleted().map(Object::toString).orElse(""));
    json.endObject();
  }

  private void writePolicy(Policy policy) throws IOException {
    json.beginObject()
        .name("etag")
        .value(Base64.getEncoder().encodeToString(policy.getEtag().toByteArray()));
    if (policy.getBindingsCount() > 0) {
      json.name("bindings").beginArray();
      for (var binding : policy.getBindingsList()) {
        writeBinding(binding);
      }
      json.endArray();
    }
    if (policy.getAuditConfigsCount() > 0) {
      json.name("auditConfigs").beginArray();
      for (var config : policy.getAuditConfigsList()) {
        writeAuditConfig(config);
      }
      json.endArray();
    }
    json.endObject();
  }

  private void writeBinding(Binding binding) throws IOException {
    json.beginObject().name("role").value(binding.getRole());
    writeTexts("members", binding.getMembersList());
    if (binding.hasCondition()) {
      json.name("condition");
      writeCondition(binding.getCondition());
    }
    json.endObject();
  }

  private void writeCondition(Expr condition) throws IOException {
    json.beginObject();
    writeText("title", condition.getTitle());
    writeText("description", condition.getDescription());
    writeText("expression", condition.getExpression());
    writeText("location", condition.getLocation());
    json.endObject();
  }

  private void writeAuditConfig(AuditConfig config) throws IOException {
    json.beginObject()
        .name("service")
        .value(config.getService())
        .name("auditLogConfigs")
        .beginArray();
    for (var log : config.getAuditLogConfigsList()) {
      json.beginObject().name("logType").value(log.getLogType().name());
      writeTexts("exemptedMembers", log.getExemptedMembersList());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private void writeText(String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.name(name).value(text);
    }
  }

  private void writeTexts(String name, Iterable<String> texts) throws IOException {
    json.name(name).beginArray();
    for (var text : texts) {
      json.value(text);
    }
    json.endArray();
  }
}
