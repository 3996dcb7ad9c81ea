package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Unmanaged;

/// Whether what a plan comes to is its own business, and what it leads to is what it says.
final class PlanRules {
  private final DesiredState desired;
  private final Google google;
  private final Violations violations;

  PlanRules(DesiredState desired, Google google, Violations violations) {
    this.desired = desired;
    this.google = google;
    this.violations = violations;
  }

  /// Checks what is shown: nothing goes but what the plan answers for.
  void checkShown(ChangeSet changes) {
    for (var change : changes.changes()) {
      if (change instanceof ModifyPolicy modify) {
        for (var policy : desired.policies()) {
          if (policy.resource().equals(modify.resource())) {
            check(policy, Approved.of(modify));
          }
        }
      }
    }
  }

  /// Checks what is there in the end.
  void checkLive() {
    desired.policies().forEach(this::checkLive);
  }

  /// Whether the plan asks for what Google never holds as it is asked for.
  boolean isMoot() {
    return desired.policies().stream().anyMatch(policy -> asksForNobody(policy) || asksForAlias());
  }

  private void check(DesiredPolicy policy, Approved shown) {
    var wanted = Line.keysOf(policy.grants());
    for (var line : shown.removed()) {
      var isNamed = wanted.stream().anyMatch(other -> isSameAssignment(line, other));
      if (line.isProtected() || !(isNamed || isManaged(policy, line))) {
        violations.report(Invariant.FOREIGN_STAYS, "the plan would remove " + line);
      } else if (!isNamed && policy.unmanaged() != Unmanaged.REMOVE) {
        violations.report(Invariant.FOREIGN_STAYS, "nobody asked to remove " + line);
      }
    }
    for (var line : Approved.minus(shown.added(), wanted)) {
      violations.report(Invariant.NOTHING_UNSHOWN, "nobody asked for " + line);
    }
  }

  private void checkLive(DesiredPolicy policy) {
    var live = google.history(policy.resource()).current().keys();
    var wanted = Line.keysOf(policy.grants());
    for (var line : wanted) {
      var stored = line.with(Line.key(google.stored(line.member())));
      if (!google.isRefused(line.member()) && !live.contains(stored)) {
        violations.report(Invariant.CONVERGES, "the plan says, and Google does not: " + line);
      }
    }
    if (asksForNobody(policy) || asksForAlias()) {
      return;
    }
    for (var line : live) {
      var isOnOtherTerms =
          !wanted.contains(line)
              && wanted.stream().anyMatch(other -> isSameAssignment(line, other));
      var isUnmanaged =
          !wanted.contains(line)
              && isManaged(policy, line)
              && policy.unmanaged() == Unmanaged.REMOVE;
      if ((isOnOtherTerms || isUnmanaged) && !line.isProtected()) {
        violations.report(Invariant.CONVERGES, "Google says, and the plan does not: " + line);
      }
    }
  }

  private boolean asksForNobody(DesiredPolicy policy) {
    return policy.grants().stream()
        .anyMatch(grant -> google.isRefused(grant.principal().spelling()));
  }

  private boolean asksForAlias() {
    return desired.policies().stream()
        .flatMap(policy -> policy.grants().stream())
        .anyMatch(grant -> google.isAlias(grant.principal().spelling()));
  }

  private static boolean isManaged(DesiredPolicy policy, Line line) {
    return policy.managedRoles().stream().anyMatch(role -> role.name().equals(line.role()));
  }

  private static boolean isSameAssignment(Line one, Line other) {
    return one.role().equals(other.role()) && one.member().equals(other.member());
  }
}
