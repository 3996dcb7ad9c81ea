package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.Role;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/// The custom roles that policies grant: on a project, and on what is in it, none but the project's
/// own, by its id or by its number (that Google takes the number is **assumed**). Used under the
/// world's lock.
record CustomRoles(World world) {

  /// The custom role that a policy grants; empty where it is none that this world has.
  ///
  /// @param key what the policy is kept under
  Optional<Role> granted(String role, String key) {
    return RoleJson.project(role)
        .flatMap(world.projects::find)
        .map(Project::key)
        .filter(project -> isWithin(key, project))
        .flatMap(project -> world.roles.get(project + role.substring(role.indexOf("/roles/"))));
  }

  /// **Recorded** text. Any organization is **assumed** to be above any project.
  ///
  /// @param key what the policy is kept under
  /// @throws StatusRuntimeException for a role of another project than the resource's
  void check(String role, String key) {
    var elsewhere =
        RoleJson.project(role)
            .filter(owner ->
                world.projects.find(owner).filter(it -> isWithin(key, it.key())).isEmpty());
    if (elsewhere.isPresent()) {
      throw Errors.invalid("Role (" + role + ") does not exist in the resource's hierarchy.");
    }
  }

  private static boolean isWithin(String key, String project) {
    return key.equals(project) || key.startsWith(project + "/");
  }
}
