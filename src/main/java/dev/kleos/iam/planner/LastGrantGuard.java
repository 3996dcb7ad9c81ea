package dev.kleos.iam.planner;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Refuses to leave a role to nobody: a service that nobody may call, or an account that nobody may
/// act as, is rarely meant, and noticed when it is too late.
final class LastGrantGuard {
  private static final int MOST_NAMED = 5;

  private LastGrantGuard() {}

  /// @param disabled accounts that nobody can act as, so that they hold nothing
  static void check(
      List<ModifyPolicy> modifications,
      Set<Principal> disabled,
      Safety safety,
      List<Refusal> refusals) {
    if (safety.lacks(Consent.LAST_GRANT)) {
      modifications.forEach(modify -> check(modify, disabled, safety, refusals));
    }
  }

  private static void check(
      ModifyPolicy modify, Set<Principal> disabled, Safety safety, List<Refusal> refusals) {
    var lost = new TreeMap<Role, Set<Principal>>();
    for (var effect : modify.effects()) {
      if (effect.endsAccess(safety.now())) {
        lost.computeIfAbsent(effect.assignment().role(), _ -> new TreeSet<>())
            .add(effect.assignment().principal());
      }
    }
    for (var grant : modify.diff().applyTo(modify.planned().grants())) {
      if (isHeld(grant, safety) && !disabled.contains(grant.principal())) {
        lost.remove(grant.role());
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    var principals = new TreeSet<Principal>();
    lost.values().forEach(principals::addAll);
    refusals.add(
        new Refusal(
            modify.resource(),
            "would take "
                + joined(lost.keySet())
                + " from the last who "
                + (principals.size() == 1 ? "has" : "have")
                + (lost.size() == 1 ? " it: " : " them: ")
                + joined(principals),
            Consent.LAST_GRANT.advice()));
  }

  /// A service agent is nobody who could be asked for help.
  private static boolean isHeld(Grant grant, Safety safety) {
    return grant.givesAccess(safety.now()) && !grant.principal().isServiceAgent();
  }

  private static String joined(Set<?> things) {
    var named = things.stream().limit(MOST_NAMED).map(Object::toString).collect(joining(", "));
    return things.size() <= MOST_NAMED
        ? named
        : named + " and " + (things.size() - MOST_NAMED) + " more";
  }
}
