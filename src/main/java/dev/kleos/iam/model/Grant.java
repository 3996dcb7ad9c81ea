package dev.kleos.iam.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One role for one principal, always or under a condition: the atom of an allow policy.
public record Grant(Role role, Principal principal, @Nullable Condition condition)
    implements Comparable<Grant> {
  private static final Comparator<Grant> ORDER =
      Comparator.comparing(Grant::role)
          .thenComparing(Grant::principal)
          .thenComparing(Grant::condition, Comparator.nullsFirst(Comparator.naturalOrder()));

  /// A grant that always holds.
  public static Grant of(Role role, Principal principal) {
    return new Grant(role, principal, null);
  }

  /// Which role for whom, whatever the condition.
  public Assignment assignment() {
    return new Assignment(role, principal);
  }

  /// Whether the grant's own condition has ended for good.
  public boolean hasEnded(Instant now) {
    return condition != null && condition.hasEnded(now);
  }

  /// Whether somebody has something by it now, or will: not by what has ended, and not by the trace
  /// of somebody who was deleted.
  public boolean givesAccess(Instant now) {
    return !principal.isDeleted() && !hasEnded(now);
  }

  /// As the record's own, which takes twice as long for a million grants.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Grant that
        && principal.equals(that.principal)
        && role.equals(that.role)
        && Objects.equals(condition, that.condition);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * role.hashCode() + principal.hashCode()) + Objects.hashCode(condition);
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }

  /// A role and a principal, under any condition: what a line of a plan file answers for.
  public record Assignment(Role role, Principal principal) {}
}
