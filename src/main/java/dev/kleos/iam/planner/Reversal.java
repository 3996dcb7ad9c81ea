package dev.kleos.iam.planner;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was changed × live state → what takes it back. A pure function.
///
/// Never back to how a policy was: only back from what was changed. For each role of each principal
/// that was changed, what is live now is held against what was left there. Where it is still that,
/// it becomes what it was before; where it is something else, somebody has changed it since, and it
/// stays.
public final class Reversal {
  private final LiveState live;
  private final List<Change> changes = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final Set<Failure> unreadable = new LinkedHashSet<>();

  private Reversal(LiveState live) {
    this.live = live;
  }

  /// The changes that take back what was done, and what stays.
  public static Reversed plan(List<Done> done, LiveState live) {
    var reversal = new Reversal(live);
    for (var each : done) {
      switch (each) {
        case Modified modified -> reversal.policy(modified);
        case Described described -> reversal.account(described);
        case Created(var account) ->
            reversal.kept.add(new Kept(account, null, Kept.Why.ACCOUNTS_STAY));
      }
    }
    return new Reversed(
        ChangeSet.of(reversal.changes).withUnreadable(List.copyOf(reversal.unreadable)),
        reversal.kept);
  }

  private void policy(Modified modified) {
    switch (live.policy(modified.resource())) {
      case Live.Absent() -> kept.add(new Kept(modified.resource(), null, Kept.Why.GONE));
      case Live.Unreadable(var failure) -> unreadable(modified.resource(), failure);
      case Live.Read(var found) -> policy(modified, found);
    }
  }

  private void policy(Modified modified, AllowPolicy found) {
    var before = byAssignment(modified.before());
    var after = byAssignment(modified.effect().applyTo(modified.before()));
    var now = byAssignment(found.grants());
    var added = new LinkedHashSet<Grant>();
    var removed = new LinkedHashSet<Grant>();
    for (var assignment : assignments(modified.effect())) {
      var was = before.getOrDefault(assignment, Set.of());
      var is = now.getOrDefault(assignment, Set.of());
      if (is.equals(was)) {
        continue;
      }
      if (is.equals(after.getOrDefault(assignment, Set.of()))) {
        var back = GrantDiff.between(is, was);
        added.addAll(back.added());
        removed.addAll(back.removed());
      } else {
        kept.add(new Kept(modified.resource(), assignment, Kept.Why.CHANGED_SINCE));
      }
    }
    if (!added.isEmpty() || !removed.isEmpty()) {
      changes.add(new ModifyPolicy(modified.resource(), found, GrantDiff.of(added, removed)));
    }
  }

  private void account(Described described) {
    var account = described.before().resource();
    switch (live.account(account)) {
      case Live.Absent() -> kept.add(new Kept(account, null, Kept.Why.GONE));
      case Live.Unreadable(var failure) -> unreadable(account, failure);
      case Live.Read(var found) -> {
        var before = described.textsBefore();
        if (found.satisfies(before)) {
          return;
        }
        if (found.satisfies(described.after())) {
          changes.add(new UpdateServiceAccount(found, before));
        } else {
          kept.add(new Kept(account, null, Kept.Why.CHANGED_SINCE));
        }
      }
    }
  }

  /// What is not there any more keeps nothing else from being taken back.
  private void unreadable(Resource resource, Failure failure) {
    if (failure.code().equals("NOT_FOUND")) {
      kept.add(new Kept(resource, null, Kept.Why.GONE));
    } else {
      unreadable.add(failure);
    }
  }

  private static Set<Grant.Assignment> assignments(GrantDiff diff) {
    return Stream.concat(diff.added().stream(), diff.removed().stream())
        .map(Grant::assignment)
        .collect(toCollection(LinkedHashSet::new));
  }

  private static Map<Grant.Assignment, Set<Grant>> byAssignment(Set<Grant> grants) {
    return grants.stream().collect(groupingBy(Grant::assignment, toSet()));
  }

  /// Something that was done.
  public sealed interface Done {}

  /// A policy was changed.
  ///
  /// @param before its grants as they were
  /// @param effect what became of them
  public record Modified(Resource resource, Set<Grant> before, GrantDiff effect) implements Done {}

  /// An account was described.
  ///
  /// @param before as it was
  /// @param after the texts that were set
  public record Described(ServiceAccount before, ServiceAccount after) implements Done {
    /// The former texts, of those that were set.
    ServiceAccount textsBefore() {
      return ServiceAccount.desired(
          before.resource(),
          after.displayName() == null ? null : Objects.requireNonNullElse(before.displayName(), ""),
          after.description() == null
              ? null
              : Objects.requireNonNullElse(before.description(), ""));
    }
  }

  /// An account was created.
  public record Created(Resource.Account account) implements Done {}

  /// What takes it back.
  ///
  /// @param kept what stays as it is
  public record Reversed(ChangeSet changeSet, List<Kept> kept) {
    public Reversed {
      kept = List.copyOf(kept);
    }
  }

  /// Something that is not taken back.
  ///
  /// @param assignment which role of whom; null where it is not about one
  public record Kept(Resource resource, Grant.@Nullable Assignment assignment, Why why) {
    /// The reason.
    public enum Why {
      /// Somebody has changed it since.
      CHANGED_SINCE,
      /// It is not there any more.
      GONE,
      /// Accounts are never deleted.
      ACCOUNTS_STAY
    }
  }
}
