package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.Role;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The predefined roles that the emulator can tell about, from `roles.json`; read when this class
/// is first used, which is when somebody asks for a role, or is not the operator.
///
/// Titles, descriptions, stages and permissions are **documented**. Whole are the lists of
/// `roles/browser`, of `roles/run.*`, of `roles/serviceusage.*`, of
/// `roles/resourcemanager.projectIamAdmin` and of `roles/iam.*` but for two; those of the basic
/// roles, `roles/iam.securityAdmin` and `roles/iam.securityReviewer` go through all of Google
/// Cloud, and are cut to service accounts, roles, projects, Cloud Run services and Service Usage.
final class RoleCatalog {
  /// By name, in order.
  static final NavigableMap<String, Role> ROLES = load();

  private RoleCatalog() {}

  static Optional<Role> find(String name) {
    return Optional.ofNullable(ROLES.get(name));
  }

  private static NavigableMap<String, Role> load() {
    try (var file = RoleCatalog.class.getResourceAsStream("roles.json")) {
      if (file == null) {
        throw new IllegalStateException("roles.json is missing from this program");
      }
      var json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      var roles = new TreeMap<String, Role>();
      for (var node : new JsonNode("", StrictJson.parse(json)).elements()) {
        var role = role(node);
        roles.put(role.getName(), role);
      }
      return Collections.unmodifiableNavigableMap(roles);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read roles.json", e);
    }
  }

  /// **Recorded**: every predefined role has the etag `AA==`.
  private static Role role(JsonNode node) {
    return Role.newBuilder()
        .setName(node.member("name").text())
        .setTitle(node.member("title").text())
        .setDescription(node.member("description").text())
        .setStage(Role.RoleLaunchStage.valueOf(node.member("stage").text()))
        .setEtag(ByteString.copyFrom(new byte[1]))
        .addAllIncludedPermissions(
            node.member("includedPermissions").elements().stream().map(JsonNode::text).toList())
        .build();
  }
}
