package dev.kleos.iam.emulator;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.grpc.StatusRuntimeException;

/// Which version of a policy a caller gets to see, and may write.
final class PolicyVersions {
  private static final String MORE =
      " For more information, please refer to https://cloud.google.com/iam/docs/policies#versions";

  private PolicyVersions() {}

  /// The policy as a caller sees who asked for a version; 0 means 1 (**documented**).
  ///
  /// A conditional policy asked for below version 3: Resource Manager refuses (**recorded**);
  /// elsewhere roles come back marked as `roles/X_withcond_HASH`, without the conditions
  /// (**documented**; for which resources is **assumed**).
  static Policy seen(Policy policy, int requested, ResourceKind kind) {
    checkKnown(requested);
    if (requested == 3 || policy.getVersion() < 3) {
      return policy;
    }
    return switch (kind) {
      case PROJECT -> throw tooLow("Requested", requested);
      case SERVICE, SERVICE_ACCOUNT -> withoutConditions(policy);
    };
  }

  /// Refuses what must not be written over the current policy at all.
  ///
  /// Over a conditional policy, Resource Manager refuses a lower version that carries an etag
  /// (**recorded**). Without an etag a policy is overwritten blindly (**documented**), and
  /// elsewhere the conditions are just dropped (**assumed**).
  static void checkWritable(Policy sent, Policy current, ResourceKind kind) {
    checkKnown(sent.getVersion());
    if (sent.getVersion() == 3 || current.getVersion() < 3) {
      return;
    }
    switch (kind) {
      case PROJECT -> {
        if (!sent.getEtag().isEmpty()) {
          throw tooLow("Specified", sent.getVersion());
        }
      }
      case SERVICE, SERVICE_ACCOUNT -> {}
    }
  }

  /// What is taken from a binding that was sent: below version 3 its condition silently gets lost
  /// (**recorded**).
  static Binding taken(Binding binding, int sentVersion) {
    return sentVersion == 3 ? binding : binding.toBuilder().clearCondition().build();
  }

  /// **Documented**: 0, 1 and 3 are valid; the text is **assumed**.
  private static void checkKnown(int version) {
    if (version != 0 && version != 1 && version != 3) {
      throw Errors.invalid(
          "Invalid policy version (" + version + "). Valid versions are 0, 1 and 3.");
    }
  }

  private static StatusRuntimeException tooLow(String which, int version) {
    return Errors.invalid(
        which
            + " policy version ("
            + Math.max(1, version)
            + ") cannot be less than the existing policy version (3)."
            + MORE);
  }

  private static Policy withoutConditions(Policy policy) {
    var seen = policy.toBuilder().setVersion(1).clearBindings();
    policy.getBindingsList().forEach(binding -> seen.addBindings(marked(binding)));
    return seen.build();
  }

  private static Binding marked(Binding binding) {
    if (!binding.hasCondition()) {
      return binding;
    }
    var condition = binding.getCondition();
    var hash =
        Ids.hex(
            condition.getTitle()
                + "\0"
                + condition.getDescription()
                + "\0"
                + condition.getExpression());
    return binding.toBuilder()
        .setRole(binding.getRole() + RoleRules.WITH_CONDITION + hash)
        .clearCondition()
        .build();
  }
}
