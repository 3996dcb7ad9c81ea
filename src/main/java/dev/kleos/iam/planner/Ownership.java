package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
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
///
/// A [Pruning] takes from the protected and the unmanaged what it names, and nothing that the plan
/// wants.
final class Ownership {
  enum Verdict {
    KEEP,
    REPORT,
    REMOVE
  }

  private final DesiredPolicy policy;
  private final Pruning pruning;
  private final Set<Grant.Assignment> named;
  private final Instant now;

  private Ownership(
      DesiredPolicy policy, Pruning pruning, Set<Grant.Assignment> named, Instant now) {
    this.policy = policy;
    this.pruning = pruning;
    this.named = named;
    this.now = now;
  }

  static Ownership of(DesiredPolicy policy, Pruning pruning, Instant now) {
    var named = policy.grants().stream().map(Grant::assignment).collect(toUnmodifiableSet());
    return new Ownership(policy, pruning, named, now);
  }

  Verdict of(Grant grant) {
    var assignment = grant.assignment();
    var isNamed = named.contains(assignment);
    var onOtherTerms = isNamed && !policy.grants().contains(grant);
    if (pruning.spares(grant.principal())) {
      if (grant.principal().isDeleted() && pruning.deleted() && isManaged(grant)) {
        return Verdict.REMOVE;
      }
      return onOtherTerms ? Verdict.REPORT : Verdict.KEEP;
    }
    if (isNamed) {
      return onOtherTerms ? Verdict.REMOVE : Verdict.KEEP;
    }
    if (policy.ended().contains(assignment)) {
      return grant.hasEnded(now) ? Verdict.REMOVE : unmanaged(grant);
    }
    return isManaged(grant) ? unmanaged(grant) : Verdict.KEEP;
  }

  /// Whether the plan answers for the grant, whoever has it.
  boolean isManaged(Grant grant) {
    return policy.managedRoles().contains(grant.role());
  }

  private Verdict unmanaged(Grant grant) {
    if (pruning.agents().contains(grant.principal())
        || (pruning.expired() && grant.hasEnded(now))) {
      return Verdict.REMOVE;
    }
    return switch (policy.unmanaged()) {
      case REPORT -> Verdict.REPORT;
      case IGNORE -> Verdict.KEEP;
      case REMOVE -> Verdict.REMOVE;
    };
  }
}
