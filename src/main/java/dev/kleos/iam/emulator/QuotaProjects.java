package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/// Whose quota a call uses up, where the caller says so.
final class QuotaProjects {
  /// **Documented**: what one needs to name a project in `x-goog-user-project`.
  private static final String USE = "serviceusage.services.use";

  private final World world;
  private final Access access;

  QuotaProjects(World world, Access access) {
    this.world = world;
    this.access = access;
  }

  /// @param named the id or number that the header `x-goog-user-project` says; null without one
  /// @param method the full gRPC method
  /// @throws StatusRuntimeException when the caller may not use it, or there is no such project
  void check(@Nullable String named, Identity caller, String method) {
    if (named == null || named.isBlank()) {
      return;
    }
    var allowed =
        world.read(() ->
            world
                .projects
                .find(named)
                .filter(project -> access.allows(caller, USE, project.key()))
                .isPresent());
    if (!allowed) {
      throw Denied.userProject(named, ApiHosts.of(method));
    }
  }
}
