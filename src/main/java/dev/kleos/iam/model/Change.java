package dev.kleos.iam.model;

import java.util.List;
import java.util.Optional;

/// One step from live to desired state.
public sealed interface Change {
  /// What the step is about.
  Resource resource();

  /// Creates an account. Accounts are never deleted, disabled or enabled.
  record CreateServiceAccount(ServiceAccount desired) implements Change {
    @Override
    public Resource resource() {
      return desired.resource();
    }
  }

  /// Changes an account's display name or description, where the plan manages them.
  record UpdateServiceAccount(ServiceAccount live, ServiceAccount desired) implements Change {
    @Override
    public Resource resource() {
      return desired.resource();
    }
  }

  /// Changes who has what on a resource.
  ///
  /// @param planned the policy that the diff was computed on and shown for
  record ModifyPolicy(Resource resource, AllowPolicy planned, GrantDiff diff) implements Change {
    /// A grant to be added whose principal Google does not accept.
    public Optional<Grant> blamedBy(Failure failure) {
      return diff.added().stream()
          .filter(grant -> failure.culpritAmong(List.of(grant.principal())).isPresent())
          .findFirst();
    }

    /// Whether the policy is there, has no grant under a condition, and gets one.
    public boolean addsFirstCondition() {
      return planned.exists()
          && planned.grants().stream().allMatch(grant -> grant.condition() == null)
          && diff.added().stream().anyMatch(grant -> grant.condition() != null);
    }

    /// What the change means for each role of each principal that it touches.
    public List<Effect> effects() {
      return Effect.of(planned.grants(), diff);
    }
  }
}
