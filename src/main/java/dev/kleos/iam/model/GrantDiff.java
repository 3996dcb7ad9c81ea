package dev.kleos.iam.model;

import static java.util.stream.Collectors.toCollection;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What turns one set of grants into another.
///
/// A diff is applied to whatever the policy holds at the time of the write, so grants that it does
/// not name survive, whoever wrote them.
public final class GrantDiff {
  private final Set<Grant> added;
  private final Set<Grant> removed;

  /// Keeps the sets, which have nothing in common: copies of a million grants would take as long as
  /// finding them.
  private GrantDiff(Set<Grant> added, Set<Grant> removed) {
    this.added = Collections.unmodifiableSet(added);
    this.removed = Collections.unmodifiableSet(removed);
  }

  /// A diff of copies of the sets.
  ///
  /// @throws IllegalArgumentException where a grant is both added and removed
  public static GrantDiff of(Set<Grant> added, Set<Grant> removed) {
    if (!Collections.disjoint(added, removed)) {
      throw new IllegalArgumentException("a grant is added or removed, not both");
    }
    return new GrantDiff(new LinkedHashSet<>(added), new LinkedHashSet<>(removed));
  }

  /// The diff for which `between(from, to).applyTo(from)` equals `to`.
  public static GrantDiff between(Set<Grant> from, Set<Grant> to) {
    return new GrantDiff(without(to, from), without(from, to));
  }

  public Set<Grant> added() {
    return added;
  }

  public Set<Grant> removed() {
    return removed;
  }

  /// The diff that takes this one back.
  public GrantDiff reversed() {
    return new GrantDiff(removed, added);
  }

  /// The given grants without the removed ones and with the added ones.
  public Set<Grant> applyTo(Set<Grant> grants) {
    var next = new LinkedHashSet<Grant>();
    for (var grant : grants) {
      if (!removed.contains(grant)) {
        next.add(grant);
      }
    }
    next.addAll(added);
    return next;
  }

  /// The same diff without a part of it.
  public GrantDiff without(GrantDiff part) {
    return new GrantDiff(without(added, part.added), without(removed, part.removed));
  }

  /// The part of the diff that is about one principal.
  public GrantDiff about(Principal principal) {
    return new GrantDiff(about(added, principal), about(removed, principal));
  }

  /// Whether nothing changes.
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GrantDiff that
        && added.equals(that.added)
        && removed.equals(that.removed);
  }

  @Override
  public int hashCode() {
    return 31 * added.hashCode() + removed.hashCode();
  }

  @Override
  public String toString() {
    return "+" + added + " -" + removed;
  }

  private static Set<Grant> about(Set<Grant> grants, Principal principal) {
    return grants.stream()
        .filter(grant -> grant.principal().equals(principal))
        .collect(toCollection(LinkedHashSet::new));
  }

  private static Set<Grant> without(Set<Grant> grants, Set<Grant> others) {
    var rest = new LinkedHashSet<Grant>();
    for (var grant : grants) {
      if (!others.contains(grant)) {
        rest.add(grant);
      }
    }
    return rest;
  }
}
