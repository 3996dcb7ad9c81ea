package dev.kleos.iam.emulator;

import com.google.gson.stream.JsonWriter;
import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import java.io.IOException;
import java.util.Base64;

/// Writes a policy; [PolicyReader] reads it.
final class PolicyJson {
  private PolicyJson() {}

  static void write(JsonWriter json, Policy policy) throws IOException {
    json.beginObject()
        .name("etag")
        .value(Base64.getEncoder().encodeToString(policy.getEtag().toByteArray()));
    if (policy.getBindingsCount() > 0) {
      json.name("bindings").beginArray();
      for (var binding : policy.getBindingsList()) {
        writeBinding(json, binding);
      }
      json.endArray();
    }
    if (policy.getAuditConfigsCount() > 0) {
      json.name("auditConfigs").beginArray();
      for (var config : policy.getAuditConfigsList()) {
        writeAuditConfig(json, config);
      }
      json.endArray();
    }
    json.endObject();
  }

  private static void writeBinding(JsonWriter json, Binding binding) throws IOException {
    json.beginObject().name("role").value(binding.getRole());
    JsonText.member(json, "members", binding.getMembersList());
    if (binding.hasCondition()) {
      json.name("condition");
      writeCondition(json, binding.getCondition());
    }
    json.endObject();
  }

  private static void writeCondition(JsonWriter json, Expr condition) throws IOException {
    json.beginObject();
    JsonText.member(json, "title", condition.getTitle());
    JsonText.member(json, "description", condition.getDescription());
    JsonText.member(json, "expression", condition.getExpression());
    JsonText.member(json, "location", condition.getLocation());
    json.endObject();
  }

  private static void writeAuditConfig(JsonWriter json, AuditConfig config) throws IOException {
    json.beginObject()
        .name("service")
        .value(config.getService())
        .name("auditLogConfigs")
        .beginArray();
    for (var log : config.getAuditLogConfigsList()) {
      json.beginObject().name("logType").value(log.getLogType().name());
      JsonText.member(json, "exemptedMembers", log.getExemptedMembersList());
      json.endObject();
    }
    json.endArray().endObject();
  }
}
