package dev.kleos.iam.emulator;

import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The resources that requests name, for callers who have a permission on them.
///
/// Whoever lacks it is not told whether the resource is there; whoever has it on the project is
/// told what the project has not. A project that is missing is denied to all (**assumed**, but for
/// accounts, where it is **documented** of the project `-`). Used under the world's lock, on the
/// thread that answers the call.
final class Permitted {
  private final World world;
  private final Access access;

  Permitted(World world, Access access) {
    this.world = world;
    this.access = access;
  }

  /// Whether the caller has a permission on what is kept under a key.
  boolean has(String permission, String key) {
    return access.allows(CallGate.caller(), permission, key);
  }

  /// The live account of a name.
  ///
  /// @throws StatusRuntimeException **documented**: with the project `-`, what is missing is denied
  ///   rather than not found; **recorded**: the text of the latter
  Account account(String name, String permission) {
    return account(name, permission, world::account);
  }

  /// The same for an account that is found in a way of its own.
  Account account(
      String name,
      String permission,
      Function<ResourceName.OfAccount, Optional<Account>> accounts) {
    if (!(ResourceName.parse(name).orElse(null) instanceof ResourceName.OfAccount parsed)) {
      throw Errors.invalidArgument();
    }
    var found = accounts.apply(parsed);
    var hidden = found.flatMap(Effect::hiding);
    if (hidden.filter(Effect.Hidden::isDenied).isPresent()) {
      throw Denied.iam(permission, name);
    }
    var account = found.filter(_ -> hidden.isEmpty());
    if (account.filter(each -> has(permission, each.key())).isPresent()) {
      return account.get();
    }
    if (account.isEmpty() && projectOf(parsed.project(), permission).isPresent()) {
      throw Errors.notFound("Service account " + name + " does not exist.");
    }
    throw Denied.iam(permission, name);
  }

  /// The project that accounts are created or listed in.
  Project parent(String name, String permission) {
    return projectOf(idOf(name), permission).orElseThrow(() -> Denied.iam(permission, name));
  }

  /// The project of a name.
  Project project(String name, String permission) {
    return projectOf(idOf(name), permission).orElseThrow(() -> Denied.project(permission, name));
  }

  /// The project of a region that is named.
  Project location(ResourceName.OfLocation name, String parent, String permission) {
    return projectOf(name.project(), permission).orElseThrow(() -> Denied.run(permission, parent));
  }

  /// The project of an id or a number; empty where the caller lacks the permission on it.
  Optional<Project> projectOf(String idOrNumber, String permission) {
    return world.projects.find(idOrNumber).filter(project -> has(permission, project.key()));
  }

  /// The Cloud Run service of a name. The code and text for a missing one are **assumed**.
  Service service(String name, String permission) {
    if (!(ResourceName.parse(name).orElse(null) instanceof ResourceName.OfService parsed)) {
      throw Errors.invalidArgument();
    }
    var service = world.key(parsed).flatMap(world.services::get);
    if (service.filter(found -> has(permission, found.key())).isPresent()) {
      return service.get();
    }
    var project = projectOf(parsed.project(), permission);
    if (service.isEmpty() && project.isPresent()) {
      throw Errors.notFound(
          "Resource '"
              + parsed.service()
              + "' of kind 'SERVICE' in region '"
              + parsed.location()
              + "' in project '"
              + project.get().id()
              + "' does not exist.");
    }
    throw Denied.run(permission, name);
  }

  /// Answers TestIamPermissions, for which nobody needs a permission. **Documented**: wildcards are
  /// not allowed, and a resource that is missing is one on which nobody may do anything. That
  /// whatever looks like a permission may be asked for, and the text for the rest, are **assumed**.
  ///
  /// @param kind what the method's resources are
  TestIamPermissionsResponse test(
      TestIamPermissionsRequest request, Class<? extends ResourceName> kind) {
    var name =
        ResourceName.parse(request.getResource())
            .filter(kind::isInstance)
            .orElseThrow(Errors::invalidArgument);
    for (var asked : request.getPermissionsList()) {
      if (!RoleJson.isPermission(asked)) {
        throw Errors.invalid("Permission " + asked + " is not valid for this resource.");
      }
    }
    return world.read(() ->
        TestIamPermissionsResponse.newBuilder()
            .addAllPermissions(world.key(name).map(key -> held(request, key)).orElse(List.of()))
            .build());
  }

  private List<String> held(TestIamPermissionsRequest request, String key) {
    return request.getPermissionsList().stream().filter(asked -> has(asked, key)).toList();
  }

  private static String idOf(String name) {
    if (!(ResourceName.parse(name).orElse(null)
        instanceof ResourceName.OfProject(var idOrNumber))) {
      throw Errors.invalidArgument();
    }
    return idOrNumber;
  }
}
