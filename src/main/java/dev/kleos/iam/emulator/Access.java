package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.Role.RoleLaunchStage;
import com.google.iam.v1.Binding;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may do what: by the roles that the policies of a resource and of its project grant. Used
/// under the world's lock.
final class Access {
  private final World world;
  private final Clock clock;

  /// Made for the first condition: what evaluates them is slow to load.
  private @Nullable Conditions conditions;

  Access(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
  }

  /// Whether somebody has a permission on a resource, directly or by its project (**documented**:
  /// what a project grants holds for all in it).
  ///
  /// @param permission such as `run.routes.invoke`
  /// @param key what the resource's policy is kept under, see [World#key]
  boolean allows(Identity who, String permission, String key) {
    if (who instanceof Identity.Operator) {
      return true;
    }
    var memberships = Memberships.of(who, world.persons);
    return withProject(key).stream()
        .flatMap(each -> world.policies.inForce(each).getBindingsList().stream())
        .filter(binding -> carries(binding.getRole(), permission, key))
        .filter(binding -> binding.getMembersList().stream().anyMatch(memberships::include))
        .anyMatch(binding -> isMet(binding, key));
  }

  /// **Documented**: a role that is disabled carries nothing. **Assumed**: neither does one that is
  /// in neither the catalogue nor the world, nor one of another project, which only a file grants.
  private boolean carries(String role, String permission, String key) {
    return new CustomRoles(world)
        .granted(role, key)
        .or(() -> RoleCatalog.find(role))
        .filter(found -> found.getStage() != RoleLaunchStage.DISABLED)
        .filter(found -> found.getIncludedPermissionsList().contains(permission))
        .isPresent();
  }

  /// The condition looks at the resource that is asked for, also where the policy is its project's
  /// (**documented**).
  private boolean isMet(Binding binding, String key) {
    if (!binding.hasCondition()) {
      return true;
    }
    if (conditions == null) {
      conditions = new Conditions();
    }
    return conditions.isMet(binding.getCondition().getExpression(), key, clock.instant());
  }

  private static List<String> withProject(String key) {
    var end = key.indexOf('/', "projects/".length());
    return end < 0 ? List.of(key) : List.of(key, key.substring(0, end));
  }
}
