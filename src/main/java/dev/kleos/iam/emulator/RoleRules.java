package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which roles a policy may grant.
///
/// **Assumed**: any well-formed name is a role. We know too few of Google's thousands to refuse one
/// for being unknown, and a custom role is taken to exist; of which project it may be,
/// [CustomRoles] says.
final class RoleRules {
  /// What marks a conditional role for a caller who did not ask for version 3 (**documented**).
  static final String WITH_CONDITION = "_withcond_";

  /// The basic roles (**documented**).
  static final Set<String> BASIC = Set.of("roles/owner", "roles/editor", "roles/viewer");

  private static final Pattern PREDEFINED = Pattern.compile("roles/[a-zA-Z][a-zA-Z0-9_.]*");
  private static final Pattern CUSTOM =
      Pattern.compile("(projects|organizations)/[^/\\s]+/roles/[a-zA-Z0-9_.]{3,64}");

  private RoleRules() {}

  /// **Recorded** text; which predefined role fits which resource is **assumed**, and known for
  /// few. A marked role written back is refused rather than granted without its condition
  /// (**assumed**).
  ///
  /// @throws StatusRuntimeException when the role may not be granted on this kind of resource
  static void check(String role, ResourceKind kind) {
    if (!allows(role, kind)) {
      throw Errors.invalid("Role " + role + " is not supported for this resource.");
    }
  }

  /// Whether the role may be granted on this kind of resource.
  static boolean allows(String role, ResourceKind kind) {
    var wellFormed = PREDEFINED.matcher(role).matches() || CUSTOM.matcher(role).matches();
    return wellFormed
        && !role.contains(WITH_CONDITION)
        && foreignTo(kind).stream().noneMatch(role::startsWith);
  }

  private static List<String> foreignTo(ResourceKind kind) {
    return switch (kind) {
      case PROJECT -> List.of();
      case SERVICE ->
          List.of(
              "roles/iam.serviceAccount",
              "roles/iam.workloadIdentity",
              "roles/resourcemanager.",
              "roles/serviceusage.");
      case SERVICE_ACCOUNT ->
          List.of("roles/run.", "roles/resourcemanager.", "roles/serviceusage.");
    };
  }
}
