package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Unmanaged;
import java.time.Instant;
import java.util.Set;

/// Who owns a live grant of one policy, and so what becomes of it. The first rule that fits holds:
///
/// 0. protected principals keep what they have, whatever the role; what the plan gives them on
///    other terms is reported;
/// 1. a principal that the plan names for a role has it as the plan says: what differs only in its
///    condition is removed (where the entry has ended: only if the grant's own condition has too);
/// 2. a managed role's other principals are unmanaged: reported, ignored or removed;
/// 3. everything else is foreign, and kept.
final class Ownership {
  enum Verdict {
    KEEP,
    REPORT,
    REMOVE
  }

  private final DesiredPolicy policy;
  private final Set<Grant.Assignment> named;
  private final Instant now;

  private Ownership(DesiredPolicy policy, Set<Grant.Assignment> named, Instant now) {
    this.policy = policy;
    this.named = named;
    this.now = now;
  }

  static Ownership of(DesiredPolicy policy, Instant now) {
    var named = policy.grants().stream().map(Grant::assignment).collect(toUnmodifiableSet());
    return new Ownership(policy, named, now);
  }

  Verdict of(Grant grant) {
    var onOtherTerms = named.contains(grant.assignment()) && !policy.grants().contains(grant);
    if (grant.principal().isProtected()) {
      return onOtherTerms ? Verdict.REPORT : Verdict.KEEP;
    }
    if (named.contains(grant.assignment())) {
      return onOtherTerms ? Verdict.REMOVE : Verdict.KEEP;
    }
    if (policy.ended().contains(grant.assignment())) {
      return grant.hasEnded(now) ? Verdict.REMOVE : unmanaged(policy.unmanaged());
    }
    return policy.managedRoles().contains(grant.role())
        ? unmanaged(policy.unmanaged())
        : Verdict.KEEP;
  }

  private static Verdict unmanaged(Unmanaged treatment) {
    return switch (treatment) {
      case REPORT -> Verdict.REPORT;
      case IGNORE -> Verdict.KEEP;
      case REMOVE -> Verdict.REMOVE;
    };
  }
}
