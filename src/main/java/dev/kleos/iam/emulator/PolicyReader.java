package dev.kleos.iam.emulator;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.AuditLogConfig.LogType;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.type.Expr;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a policy in the format of the package's comment.
final class PolicyReader {
  private PolicyReader() {}

  /// @throws com.google.gson.JsonParseException saying where it is not of the format
  static Policy read(JsonNode node) {
    var members = node.members(Set.of("etag", "version", "bindings", "auditConfigs"));
    var policy = Policy.newBuilder();
    policy.setEtag(
        Optional.ofNullable(members.get("etag"))
            .map(PolicyReader::etag)
            .orElse(Policies.NEVER_SET.getEtag()));
    elements(members, "bindings").forEach(binding -> policy.addBindings(binding(binding)));
    elements(members, "auditConfigs")
        .forEach(config -> policy.addAuditConfigs(auditConfig(config)));
    return policy.build();
  }

  private static ByteString etag(JsonNode node) {
    try {
      var base64 = node.text().replace('-', '+').replace('_', '/');
      return ByteString.copyFrom(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw node.wrong("must be base64");
    }
  }

  private static Binding binding(JsonNode node) {
    var members = node.members(Set.of("role", "members", "condition"));
    var binding = Binding.newBuilder().setRole(text(members, "role"));
    elements(members, "members").forEach(member -> binding.addMembers(member.text()));
    Optional.ofNullable(members.get("condition"))
        .ifPresent(it -> binding.setCondition(condition(it)));
    return binding.build();
  }

  private static Expr condition(JsonNode node) {
    var members = node.members(Set.of("title", "description", "expression", "location"));
    return Expr.newBuilder()
        .setTitle(text(members, "title"))
        .setDescription(text(members, "description"))
        .setExpression(text(members, "expression"))
        .setLocation(text(members, "location"))
        .build();
  }

  private static AuditConfig auditConfig(JsonNode node) {
    var members = node.members(Set.of("service", "auditLogConfigs"));
    var config = AuditConfig.newBuilder().setService(text(members, "service"));
    elements(members, "auditLogConfigs")
        .forEach(log -> config.addAuditLogConfigs(auditLogConfig(log)));
    return config.build();
  }

  private static AuditLogConfig auditLogConfig(JsonNode node) {
    var members = node.members(Set.of("logType", "exemptedMembers"));
    var log = AuditLogConfig.newBuilder();
    Optional.ofNullable(members.get("logType")).ifPresent(type -> log.setLogType(logType(type)));
    elements(members, "exemptedMembers").forEach(member -> log.addExemptedMembers(member.text()));
    return log.build();
  }

  private static LogType logType(JsonNode node) {
    try {
      return LogType.valueOf(node.text());
    } catch (IllegalArgumentException e) {
      throw node.wrong("must be a log type, such as DATA_READ");
    }
  }

  private static String text(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::text).orElse("");
  }

  private static List<JsonNode> elements(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::elements).orElse(List.of());
  }
}
