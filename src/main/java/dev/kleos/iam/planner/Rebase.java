package dev.kleos.iam.planner;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Effect;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Changes that were planned a while ago × live state → what is left to do, or what moved. A pure
/// function.
///
/// What a change is about is compared by role and principal, under whatever condition: as it was
/// when it was planned, it is to do; as the change would leave it, it is done; anything else has
/// moved. What else a policy holds is no business of the change.
public final class Rebase {
  private final LiveState live;
  private final Set<Resource.Account> ours;
  private final List<Change> left = new ArrayList<>();
  private final List<Change> inEffect = new ArrayList<>();
  private final List<Rebased.Elsewhere> elsewhere = new ArrayList<>();
  private final Set<Move> moved = new LinkedHashSet<>();
  private final Set<Failure> unreadable = new LinkedHashSet<>();

  private Rebase(LiveState live, Set<Resource.Account> ours) {
    this.live = live;
    this.ours = ours;
  }

  /// What is left of the changes. What was found besides is kept, but for unmanaged grants that are
  /// known to be gone.
  ///
  /// @param live with everything that a change is about
  /// @param ours accounts that an earlier run of these very changes has created, or may have
  public static Rebased onto(ChangeSet planned, LiveState live, Set<Resource.Account> ours) {
    var rebase = new Rebase(live, ours);
    for (var change : planned.changes()) {
      switch (change) {
        case CreateServiceAccount create -> rebase.create(create);
        case UpdateServiceAccount update -> rebase.update(update);
        case ModifyPolicy modify -> rebase.modify(modify);
      }
    }
    var changeSet =
        new ChangeSet(
            rebase.left,
            planned.unmanaged().stream()
                .filter(it -> rebase.mayStillHold(it.resource(), it.grant()))
                .toList(),
            planned.disabled(),
            planned.findings(),
            List.copyOf(rebase.unreadable));
    return new Rebased(changeSet, rebase.inEffect, rebase.elsewhere, List.copyOf(rebase.moved));
  }

  private boolean mayStillHold(Resource resource, Grant grant) {
    return !(live.policies().get(resource) instanceof Live.Read(var policy))
        || policy.grants().contains(grant);
  }

  private void create(CreateServiceAccount create) {
    var account = create.desired().resource();
    switch (live.account(account)) {
      case Live.Absent() -> left.add(create);
      case Live.Unreadable(var failure) -> unreadable.add(failure);
      case Live.Read(var found) -> {
        if (!ours.contains(account)) {
          moved.add(new Move.Appeared(account));
        } else if (found.satisfies(create.desired())) {
          inEffect.add(create);
        } else {
          texts(create.desired(), found, create.desired());
        }
      }
    }
  }

  private void update(UpdateServiceAccount update) {
    var account = update.desired().resource();
    switch (live.account(account)) {
      case Live.Absent() -> moved.add(new Move.Gone(account));
      case Live.Unreadable(var failure) -> unreadable.add(failure);
      case Live.Read(var found) -> {
        if (!Objects.equals(found.uniqueId(), update.live().uniqueId())) {
          moved.add(new Move.Recreated(account));
        } else if (found.satisfies(update.desired())) {
          inEffect.add(update);
        } else if (texts(update.live(), found, update.desired())) {
          left.add(new UpdateServiceAccount(found, update.desired()));
        }
      }
    }
  }

  /// Whether the texts that the change is about are as they were.
  private boolean texts(ServiceAccount before, ServiceAccount now, ServiceAccount desired) {
    var so = moved.size();
    text(desired, "display name", before, now, ServiceAccount::displayName);
    text(desired, "description", before, now, ServiceAccount::description);
    return moved.size() == so;
  }

  private void text(
      ServiceAccount desired, String what, ServiceAccount before, ServiceAccount now, Reading of) {
    var wanted = of.text(desired);
    var is = Objects.requireNonNullElse(of.text(now), "");
    var was = Objects.requireNonNullElse(of.text(before), "");
    if (wanted != null && !is.equals(was) && !is.equals(wanted)) {
      moved.add(new Move.Text(desired.resource(), what, was, is));
    }
  }

  private void modify(ModifyPolicy modify) {
    switch (live.policy(modify.resource())) {
      case Live.Absent() -> {
        if (modify.planned().exists()) {
          moved.add(new Move.Gone(modify.resource()));
        } else {
          left.add(modify);
        }
      }
      case Live.Read(var found) -> modify(modify, found);
      case Live.Unreadable(var failure) -> {
        if (failure.code().equals("NOT_FOUND")) {
          moved.add(new Move.Gone(modify.resource()));
        } else {
          unreadable.add(failure);
        }
      }
    }
  }

  private void modify(ModifyPolicy modify, AllowPolicy now) {
    var held = new HashMap<Grant.Assignment, List<Grant>>();
    Effect.of(now.grants(), modify.diff()).forEach(it -> held.put(it.assignment(), it.before()));
    var toDo = new HashSet<Grant.Assignment>();
    var so = moved.size();
    for (var effect : modify.effects()) {
      var is = held.getOrDefault(effect.assignment(), List.of());
      if (Set.copyOf(is).equals(Set.copyOf(effect.before()))) {
        toDo.add(effect.assignment());
      } else if (!Set.copyOf(is).equals(Set.copyOf(effect.after()))) {
        moved.add(new Move.Access(modify.resource(), effect.assignment(), effect.before(), is));
      }
    }
    if (moved.size() > so) {
      return;
    }
    var left = part(modify.diff(), toDo::contains);
    var done = part(modify.diff(), it -> !toDo.contains(it));
    if (!left.isEmpty()) {
      this.left.add(new ModifyPolicy(modify.resource(), now, left));
    }
    if (!done.isEmpty()) {
      inEffect.add(new ModifyPolicy(modify.resource(), modify.planned(), done));
    }
    var since = GrantDiff.between(done.applyTo(modify.planned().grants()), now.grants());
    var isTouched =
        modify.planned().exists() && done.isEmpty() && !now.etag().equals(modify.planned().etag());
    if (isTouched || !since.isEmpty()) {
      elsewhere.add(new Rebased.Elsewhere(modify.resource(), since));
    }
  }

  private static GrantDiff part(GrantDiff diff, Predicate<Grant.Assignment> of) {
    var others = GrantDiff.of(without(diff.added(), of), without(diff.removed(), of));
    return diff.without(others);
  }

  private static Set<Grant> without(Set<Grant> grants, Predicate<Grant.Assignment> of) {
    var rest = new LinkedHashSet<>(grants);
    rest.removeIf(grant -> of.test(grant.assignment()));
    return rest;
  }

  @FunctionalInterface
  private interface Reading {
    @Nullable String text(ServiceAccount account);
  }
}
