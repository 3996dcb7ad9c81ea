package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import java.util.List;
import java.util.Locale;

/// Refuses to take much access away at once, or to cut it short: that is what a wrong file, a lost
/// line or another project's plan looks like. Counted in roles of principals, so that a later end
/// is no removal, and what has ended or was deleted does not count.
final class RemovalGuard {
  private final Safety safety;
  private final int total;

  private RemovalGuard(Safety safety, int total) {
    this.safety = safety;
    this.total = total;
  }

  static void check(
      DesiredState desired,
      List<ModifyPolicy> modifications,
      Safety safety,
      List<Refusal> refusals) {
    var total = modifications.stream().mapToInt(modify -> removed(modify, safety)).sum();
    if (total == 0) {
      return;
    }
    var guard = new RemovalGuard(safety, total);
    for (var modify : modifications) {
      desired.policies().stream()
          .filter(policy -> policy.resource().equals(modify.resource()))
          .forEach(policy -> guard.check(policy, modify, refusals));
    }
    guard.checkAll(desired, refusals);
  }

  private void check(DesiredPolicy policy, ModifyPolicy modify, List<Refusal> refusals) {
    var removed = removed(modify, safety);
    var held = held(policy, modify);
    if (safety.limit().isExceededBy(removed, held)) {
      var evidence =
          String.format(
              Locale.ROOT,
              "would remove or cut short %,d of the %,d grants of managed roles, %d%%: more than %d%%",
              removed,
              held,
              percent(removed, held),
              safety.limit().percent());
      refusals.add(
          new Refusal(modify.resource(), evidence, override(percent(removed, held) + "%")));
    }
  }

  private void checkAll(DesiredState desired, List<Refusal> refusals) {
    if (safety.limit().isExceededBy(total)) {
      var evidence =
          String.format(
              Locale.ROOT,
              "would remove or cut short %,d grants in all: more than %,d",
              total,
              safety.limit().count());
      refusals.add(new Refusal(null, evidence, override(Integer.toString(total))));
    }
    var asksForNothing = desired.policies().stream().allMatch(it -> it.grants().isEmpty());
    if (asksForNothing && safety.lacks(Consent.EMPTY_PLAN)) {
      var evidence =
          String.format(
              Locale.ROOT,
              "the plan asks for no grant at all, and %,d would be removed: is it the right file?",
              total);
      refusals.add(new Refusal(null, evidence, Consent.EMPTY_PLAN.advice()));
    }
  }

  private static String override(String limit) {
    return "did the plan file lose lines? If not, add --max-removals " + limit;
  }

  /// Rounded up, so that it is enough where it is said.
  private static int percent(int removed, int held) {
    return (removed * 100 + held - 1) / held;
  }

  private static int removed(ModifyPolicy modify, Safety safety) {
    return (int)
        modify.effects().stream().filter(effect -> effect.reducesAccess(safety.now())).count();
  }

  private int held(DesiredPolicy policy, ModifyPolicy modify) {
    return modify.planned().grants().stream()
        .filter(grant -> policy.managedRoles().contains(grant.role()))
        .filter(grant -> grant.givesAccess(safety.now()))
        .map(Grant::assignment)
        .collect(toSet())
        .size();
  }
}
