package dev.kleos.iam.emulator;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import java.util.List;
import java.util.function.UnaryOperator;

/// Spells one member differently in a policy, its audit exemptions included: what deleting an
/// account and restoring it do to every policy (**documented**; that a policy so changed gets a
/// fresh etag is **assumed**).
///
/// @param from the spelling so far, in any case
record MemberRewrite(String from, String to) implements UnaryOperator<Policy> {

  @Override
  public Policy apply(Policy policy) {
    if (!mentioned(policy)) {
      return policy;
    }
    var changed = policy.toBuilder().clearBindings().clearAuditConfigs();
    policy.getBindingsList().forEach(binding -> changed.addBindings(rewritten(binding)));
    policy.getAuditConfigsList().forEach(config -> changed.addAuditConfigs(rewritten(config)));
    return changed.build();
  }

  private boolean mentioned(Policy policy) {
    return policy.getBindingsList().stream()
            .anyMatch(binding -> mentioned(binding.getMembersList()))
        || policy.getAuditConfigsList().stream()
            .flatMap(config -> config.getAuditLogConfigsList().stream())
            .anyMatch(log -> mentioned(log.getExemptedMembersList()));
  }

  private boolean mentioned(List<String> members) {
    return members.stream().anyMatch(from::equalsIgnoreCase);
  }

  private Binding rewritten(Binding binding) {
    return binding.toBuilder()
        .clearMembers()
        .addAllMembers(rewritten(binding.getMembersList()))
        .build();
  }

  private AuditConfig rewritten(AuditConfig config) {
    var changed = config.toBuilder().clearAuditLogConfigs();
    config.getAuditLogConfigsList().forEach(log -> changed.addAuditLogConfigs(rewritten(log)));
    return changed.build();
  }

  private AuditLogConfig rewritten(AuditLogConfig log) {
    return log.toBuilder()
        .clearExemptedMembers()
        .addAllExemptedMembers(rewritten(log.getExemptedMembersList()))
        .build();
  }

  private List<String> rewritten(List<String> members) {
    return members.stream()
        .map(member -> member.equalsIgnoreCase(from) ? to : member)
        .distinct()
        .toList();
  }
}
