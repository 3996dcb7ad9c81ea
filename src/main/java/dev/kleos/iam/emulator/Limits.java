package dev.kleos.iam.emulator;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;

/// How large a policy may grow. The numbers are **documented**, and lifted by the world key
/// `limits`.
final class Limits {
  private static final int MAX_MEMBERS = 1500;
  private static final int MAX_GROUPS = 250;
  private static final int MAX_OPERATORS = 12;
  private static final int MAX_VARIANTS = 20;

  private Limits() {}

  /// @throws StatusRuntimeException for the first limit that the policy exceeds
  static void check(Policy policy) {
    checkMembers(policy);
    checkGroups(policy);
    policy.getBindingsList().forEach(Limits::checkOperators);
    checkVariants(policy);
  }

  /// Every occurrence counts, exemptions from audit logs too (**documented**). The text is
  /// **recorded**.
  private static void checkMembers(Policy policy) {
    var bound = policy.getBindingsList().stream().mapToInt(Binding::getMembersCount).sum();
    var exempted =
        policy.getAuditConfigsList().stream()
            .flatMap(config -> config.getAuditLogConfigsList().stream())
            .mapToInt(log -> log.getExemptedMembersCount())
            .sum();
    checkCount("members", bound + exempted, MAX_MEMBERS);
  }

  /// A group counts once, a domain per occurrence (**documented**). The text is **assumed**.
  private static void checkGroups(Policy policy) {
    var groups = new HashSet<String>();
    var domains = 0;
    for (var binding : policy.getBindingsList()) {
      for (var member : binding.getMembersList()) {
        if (member.startsWith("group:")) {
          groups.add(member.toLowerCase(Locale.ROOT));
        } else if (member.startsWith("domain:")) {
          domains++;
        }
      }
    }
    checkCount("domains and groups", groups.size() + domains, MAX_GROUPS);
  }

  /// The text is **assumed**.
  private static void checkOperators(Binding binding) {
    var operators = LogicalOperators.count(binding.getCondition().getExpression());
    if (operators > MAX_OPERATORS) {
      throw Errors.invalid(
          "The condition of role "
              + binding.getRole()
              + " has "
              + operators
              + " logical operators; at most "
              + MAX_OPERATORS
              + " are allowed.");
    }
  }

  /// Conditional bindings of one role that name the same member. The text is **assumed**, and so is
  /// it that the unconditional binding does not count.
  private static void checkVariants(Policy policy) {
    Map<String, Integer> variants = new HashMap<>();
    for (var binding : policy.getBindingsList()) {
      if (!binding.hasCondition()) {
        continue;
      }
      for (var member : binding.getMembersList()) {
        if (variants.merge(binding.getRole() + " " + member, 1, Integer::sum) > MAX_VARIANTS) {
          throw Errors.invalid(
              "Role "
                  + binding.getRole()
                  + " is bound to "
                  + member
                  + " under more than "
                  + MAX_VARIANTS
                  + " different conditions.");
        }
      }
    }
  }

  private static void checkCount(String what, int count, int max) {
    if (count > max) {
      throw Errors.invalid(
          "The number of "
              + what
              + " in the policy ("
              + grouped(count)
              + ") is larger than the maximum allowed size "
              + grouped(max)
              + ".");
    }
  }

  private static String grouped(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
