package dev.kleos.iam.model;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The steps from live to desired state, and what else was found on the way.
///
/// @param unmanaged live grants of managed roles to principals that the plan does not name, and
///   that stay
/// @param disabled accounts of the plan that are there but switched off
/// @param findings what somebody should know besides
/// @param unreadable what could not be read; while there is any, nothing is written
public record ChangeSet(
    List<Change> changes,
    List<UnmanagedGrant> unmanaged,
    List<Resource.Account> disabled,
    List<Finding> findings,
    List<Failure> unreadable) {

  /// No step, and nothing found.
  public static final ChangeSet EMPTY = of(List.of());

  public ChangeSet {
    changes = List.copyOf(changes);
    unmanaged = List.copyOf(unmanaged);
    disabled = List.copyOf(disabled);
    findings = List.copyOf(findings);
    unreadable = List.copyOf(unreadable);
  }

  /// Nothing but steps.
  public static ChangeSet of(List<? extends Change> changes) {
    return new ChangeSet(List.copyOf(changes), List.of(), List.of(), List.of(), List.of());
  }

  /// The same with other failures to read.
  public ChangeSet withUnreadable(List<Failure> others) {
    return new ChangeSet(changes, unmanaged, disabled, findings, others);
  }

  /// Whether live state is as desired, as far as it could be read.
  public boolean isInSync() {
    return changes.isEmpty();
  }

  /// Whether live state differs from the plan in any way: also by what no apply changes.
  public boolean hasDrift() {
    return !changes.isEmpty() || !unmanaged.isEmpty() || !disabled.isEmpty();
  }

  /// Who would lose a role that they have now, each once.
  public SortedSet<Principal> losers(Instant now) {
    return principals(effect -> effect.endsAccess(now));
  }

  /// Who would keep a role for a shorter time than now, each once.
  public SortedSet<Principal> cutShort(Instant now) {
    return principals(effect -> effect.shortensAccess(now));
  }

  private SortedSet<Principal> principals(Predicate<Effect> filter) {
    var principals = new TreeSet<Principal>();
    for (var change : changes) {
      if (change instanceof Change.ModifyPolicy modify) {
        modify.effects().stream()
            .filter(filter)
            .forEach(effect -> principals.add(effect.assignment().principal()));
      }
    }
    return principals;
  }

  /// The figures of this change set.
  public Summary summary() {
    var create = 0;
    var update = 0;
    var add = 0;
    var remove = 0;
    for (var change : changes) {
      switch (change) {
        case Change.CreateServiceAccount _ -> create++;
        case Change.UpdateServiceAccount _ -> update++;
        case Change.ModifyPolicy(_, _, var diff) -> {
          add += diff.added().size();
          remove += diff.removed().size();
        }
      }
    }
    return new Summary(create, update, add, remove, unmanaged.size());
  }

  /// A live grant that the plan answers for but does not name.
  public record UnmanagedGrant(Resource resource, Grant grant) {
    /// Whether it stays whatever is asked for, because its principal is protected.
    public boolean isProtected() {
      return grant.principal().isProtected();
    }
  }

  /// How much of each: accounts created and updated, grants added and removed, unmanaged grants. A
  /// changed condition counts as one added and one removed.
  public record Summary(int create, int update, int add, int remove, int unmanaged) {}
}
