package dev.kleos.iam.emulator;

import com.google.gson.stream.JsonWriter;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.Role.RoleLaunchStage;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Custom roles in the format of the package's comment.
final class RoleJson {
  private static final Pattern NAME = Pattern.compile("projects/([^/\\s]+)/roles/[a-zA-Z0-9_.]+");
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-zA-Z0-9]*(\\.[a-zA-Z0-9]+)+");
  private static final Set<String> KEYS =
      Set.of("title", "description", "stage", "includedPermissions");
  private static final List<String> STAGES =
      List.of("ALPHA", "BETA", "GA", "DEPRECATED", "DISABLED", "EAP");

  private RoleJson() {}

  /// The project of a role's name; empty when it is no such name.
  static Optional<String> project(String name) {
    return Optional.of(NAME.matcher(name)).filter(m -> m.matches()).map(m -> m.group(1));
  }

  /// Whether a text can be a permission at all.
  static boolean isPermission(String text) {
    return PERMISSION.matcher(text).matches();
  }

  /// @throws com.google.gson.JsonParseException saying where it is not of the format
  static Role read(String name, JsonNode node) {
    var members = node.members(KEYS);
    var role =
        Role.newBuilder()
            .setTitle(text(members, "title"))
            .setDescription(text(members, "description"))
            .setStage(
                Optional.ofNullable(members.get("stage"))
                    .map(RoleJson::stage)
                    .orElse(RoleLaunchStage.ALPHA));
    Optional.ofNullable(members.get("includedPermissions"))
        .map(JsonNode::elements)
        .orElse(List.of())
        .forEach(permission -> role.addIncludedPermissions(permission(permission)));
    return named(name, role.build());
  }

  /// The role as it is kept: what the format has no place for is dropped. That its etag follows
  /// from what it is, is **assumed**.
  static Role named(String name, Role role) {
    var kept =
        Role.newBuilder()
            .setName(name)
            .setTitle(role.getTitle())
            .setDescription(role.getDescription())
            .setStage(role.getStage())
            .addAllIncludedPermissions(role.getIncludedPermissionsList());
    return kept.setEtag(ByteString.copyFromUtf8(Ids.hex(kept.build().toString()))).build();
  }

  static void write(JsonWriter json, Role role) throws IOException {
    json.beginObject();
    JsonText.member(json, "title", role.getTitle());
    JsonText.member(json, "description", role.getDescription());
    if (role.getStage() != RoleLaunchStage.ALPHA) {
      json.name("stage").value(role.getStage().name());
    }
    JsonText.member(json, "includedPermissions", role.getIncludedPermissionsList());
    json.endObject();
  }

  private static String permission(JsonNode node) {
    if (!isPermission(node.text())) {
      throw node.wrong("must be a permission, such as run.services.get");
    }
    return node.text();
  }

  private static RoleLaunchStage stage(JsonNode node) {
    if (!STAGES.contains(node.text())) {
      throw node.wrong("can only be one of " + String.join(", ", STAGES));
    }
    return RoleLaunchStage.valueOf(node.text());
  }

  private static String text(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::text).orElse("");
  }
}
