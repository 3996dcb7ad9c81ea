package dev.kleos.iam.applier;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Role;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/// Keeps a role from being left to nobody where nobody has agreed to that: what was approved
/// replaces somebody by somebody else, and then the newcomer is refused, or a rival removes all the
/// others.
final class LastHolders {
  private LastHolders() {}

  /// The removals that would leave a role to nobody, though the approved change would not have.
  ///
  /// @param planned the grants that the approved change was shown for
  /// @param live the grants as they are now
  /// @param part what is left of the approved change
  static Set<Grant> unapproved(
      Set<Grant> planned, GrantDiff approved, Set<Grant> live, GrantDiff part) {
    if (part.removed().isEmpty()) {
      return Set.of();
    }
    var orphaned = orphaned(live, part);
    orphaned.removeAll(orphaned(planned, approved));
    return part.removed().stream()
        .filter(grant -> orphaned.contains(grant.role()) && live.contains(grant))
        .collect(toCollection(LinkedHashSet::new));
  }

  /// The roles that somebody has, and nobody would.
  private static Set<Role> orphaned(Set<Grant> grants, GrantDiff diff) {
    var roles = held(grants);
    roles.removeAll(held(diff.applyTo(grants)));
    return roles;
  }

  private static Set<Role> held(Set<Grant> grants) {
    return grants.stream()
        .filter(grant -> !grant.principal().isProtected())
        .map(Grant::role)
        .collect(toCollection(TreeSet::new));
  }
}
