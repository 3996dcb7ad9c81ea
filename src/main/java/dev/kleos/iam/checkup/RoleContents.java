package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Concurrently;
import dev.kleos.iam.model.Role;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// What roles let their holders do on this road. Those that people have here mostly are known; each
/// other one is looked up once.
final class RoleContents {
  /// Of the permissions that the road takes. Source: Google's IAM role reference.
  private static final Map<Role, Set<String>> KNOWN =
      Map.of(
          new Role("roles/run.invoker"),
          Set.of(InvokerCheck.PERMISSION),
          new Role("roles/run.servicesInvoker"),
          Set.of(InvokerCheck.PERMISSION),
          new Role("roles/iam.serviceAccountUser"),
          Set.of(),
          new Role("roles/iam.serviceAccountTokenCreator"),
          Set.of(ImpersonationCheck.ID_TOKEN, ImpersonationCheck.ACCESS_TOKEN),
          new Role("roles/iam.serviceAccountOpenIdTokenCreator"),
          Set.of(ImpersonationCheck.ID_TOKEN));

  private final Catalog catalog;
  private final Map<Role, Set<String>> contents = new ConcurrentHashMap<>(KNOWN);
  private final Set<Role> hidden = ConcurrentHashMap.newKeySet();

  RoleContents(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Looks up those that are not known yet, all at once.
  void learn(Collection<Role> roles) throws InterruptedException {
    Concurrently.all(
        roles.stream()
            .distinct()
            .filter(role -> !contents.containsKey(role))
            .<Callable<Set<String>>>map(role -> () -> contents.computeIfAbsent(role, this::lookUp))
            .toList());
  }

  /// Whether a role that was learned is known to have a permission.
  boolean have(Role role, String permission) {
    return contents.getOrDefault(role, Set.of()).contains(permission);
  }

  /// Whether the caller may not look into a role that was to be learned.
  boolean isHidden(Role role) {
    return hidden.contains(role);
  }

  private Set<String> lookUp(Role role) {
    try {
      return catalog.permissions(role);
    } catch (CloudException.NotFound e) {
      return Set.of();
    } catch (CloudException.Denied e) {
      if (!Refusals.isForbidden(e)) {
        throw e;
      }
      hidden.add(role);
      return Set.of();
    }
  }
}
