package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PlanDocument.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the files ask of one policy, collected entry by entry; two entries that cannot both be
/// meant are found here.
final class PolicyDraft {
  private static final String UNMANAGED = "unmanaged";

  private final Resource resource;
  private final Instant now;
  private final Problems problems;
  private final Set<Role> managed = new LinkedHashSet<>();

  /// By assignment and condition. Where there are several conditions, all are bindings' own; a plan
  /// of 10,000 users has 30,000 of these maps, of one entry each.
  private final Map<Grant.Assignment, Map<@Nullable Condition, Wish>> wishes =
      new LinkedHashMap<>();

  private final Set<Refusal> refused = new HashSet<>();
  private @Nullable Located<Unmanaged> unmanaged;
  private final List<Located<Unmanaged>> unmanagedOfFiles = new ArrayList<>(1);
  private boolean silentFile;

  PolicyDraft(Resource resource, Instant now, Problems problems) {
    this.resource = resource;
    this.now = now;
    this.problems = problems;
  }

  void manage(Collection<Role> roles) {
    managed.addAll(roles);
  }

  /// Takes in what a file says about unmanaged grants: here itself, or for all its resources.
  void unmanaged(@Nullable Located<Unmanaged> own, @Nullable Located<Unmanaged> ofFile) {
    unmanaged = Located.join(UNMANAGED, unmanaged, own, problems);
    if (ofFile == null) {
      silentFile = true;
    } else {
      unmanagedOfFiles.add(ofFile);
    }
  }

  /// Takes in one entry for one role.
  ///
  /// @param bindingCondition of the binding that the entry stands in, if any
  void add(
      Role role, Principal principal, Entry entry, @Nullable Located<Condition> bindingCondition) {
    managed.add(role);
    var condition = bindingCondition != null ? bindingCondition : entry.ending();
    var wish =
        new Wish(
            entry,
            condition == null ? null : condition.value(),
            bindingCondition != null,
            condition != null && condition.value().hasEnded(now));
    if (condition != null) {
      check(role, condition, wish);
    }
    if (!wish.ended()) {
      checkAllowed(role, principal, entry);
    }
    var assignment = new Grant.Assignment(role, principal);
    var others = wishes.putIfAbsent(assignment, Collections.singletonMap(wish.condition(), wish));
    if (others == null) {
      return;
    }
    var same = others.get(wish.condition());
    if (goTogether(same == null ? first(others.values()) : same, wish, role, principal)) {
      var all = others.size() == 1 ? new LinkedHashMap<>(others) : others;
      all.put(wish.condition(), wish);
      wishes.put(assignment, all);
    }
  }

  DesiredPolicy finish() {
    var grants = new LinkedHashSet<Grant>();
    var allowances = new LinkedHashMap<Grant, Allowance>();
    var ended = new HashSet<Grant.Assignment>();
    wishes.forEach((assignment, byCondition) -> {
      if (counting(byCondition.values()).ended()) {
        ended.add(assignment);
      }
      for (var wish : byCondition.values()) {
        if (!wish.ended()) {
          var grant = new Grant(assignment.role(), assignment.principal(), wish.condition());
          grants.add(grant);
          if (wish.entry().allow() != null) {
            allowances.put(grant, wish.entry().allow());
          }
        }
      }
    });
    return new DesiredPolicy(resource, grants, allowances, managed, ended, treatment());
  }

  /// Where each assignment is asked for.
  Map<Grant.Assignment, Origin> origins() {
    var origins = new LinkedHashMap<Grant.Assignment, Origin>();
    wishes.forEach((assignment, byCondition) -> {
      var entry = counting(byCondition.values()).entry();
      origins.put(assignment, entry.span().origin(entry.reason()));
    });
    return Collections.unmodifiableMap(origins);
  }

  /// A file that says nothing means `report`, and is not overruled by another file's `remove`.
  private Unmanaged treatment() {
    var joined = unmanaged;
    if (joined == null && !silentFile) {
      for (var ofFile : unmanagedOfFiles) {
        joined = Located.join(UNMANAGED, joined, ofFile, problems);
      }
    }
    return joined == null ? Unmanaged.REPORT : joined.value();
  }

  private void check(Role role, Located<Condition> condition, Wish wish) {
    if (role.isBasic()) {
      problems.add(
          ProblemCode.BASIC_ROLE_CONDITION,
          condition.span(),
          "Google takes no condition and no end for a basic role such as "
              + role.name()
              + "; choose a narrower role");
    }
    if (wish.ended()) {
      problems.add(
          ProblemCode.ENDED,
          condition.span(),
          "ended at "
              + condition.value().end().orElseThrow()
              + " and grants nothing any more; remove the entry, or set a later date");
    }
  }

  /// Only a warning: what is granted already stays, and the guard refuses what is not.
  private void checkAllowed(Role role, Principal principal, Entry entry) {
    var needed = Allowance.neededFor(resource, role, principal);
    for (var allowance : needed) {
      if (allowance != entry.allow()
          && refused.add(new Refusal(ProblemCode.NOT_ALLOWED, entry.span()))) {
        problems.add(
            ProblemCode.NOT_ALLOWED,
            entry.span(),
            quote(principal.spelling())
                + " would get "
                + role
                + ": "
                + allowance.why()
                + (needed.size() > 1
                    ? "; " + Allowance.NEVER
                    : "; apply refuses it unless the entry says \"allow: "
                        + allowance.spelling()
                        + '"'));
      }
    }
  }

  private boolean goTogether(Wish first, Wish second, Role role, Principal principal) {
    var same = Objects.equals(first.condition(), second.condition());
    if (!same && first.ofBinding() && second.ofBinding()) {
      return true;
    }
    var span = second.entry().span();
    var code = same ? ProblemCode.REPEATED : ProblemCode.CONTRADICTORY_ENTRIES;
    if (refused.add(new Refusal(code, span))) { // once for an entry, however many its roles
      var given = quote(principal.spelling()) + " is given " + role;
      var where = first.entry().span().seenFrom(span);
      problems.add(
          code,
          span,
          same
              ? given + " already on " + where + "; remove one of the two"
              : given + " on other terms on " + where + "; keep the one that is meant");
    }
    return false;
  }

  /// The first that still holds, else the first.
  private static Wish counting(Collection<Wish> wishes) {
    for (var wish : wishes) {
      if (!wish.ended()) {
        return wish;
      }
    }
    return first(wishes);
  }

  private static Wish first(Collection<Wish> wishes) {
    return wishes.iterator().next();
  }

  private record Refusal(ProblemCode code, Span span) {}

  /// @param ofBinding whether the condition is a binding's own, of which there may be several
  private record Wish(
      Entry entry, @Nullable Condition condition, boolean ofBinding, boolean ended) {}
}
