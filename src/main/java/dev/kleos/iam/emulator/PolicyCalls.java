package dev.kleos.iam.emulator;

import com.google.iam.v1.AuditLogConfig.LogType;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.FieldMask;
import io.grpc.stub.StreamObserver;
import java.util.function.UnaryOperator;

/// GetIamPolicy and SetIamPolicy of one kind of resource. Used under the world's lock.
final class PolicyCalls {
  private final World world;
  private final ResourceKind kind;

  PolicyCalls(World world, ResourceKind kind) {
    this.world = world;
    this.kind = kind;
  }

  /// Answers GetIamPolicy.
  ///
  /// @param key what a resource's policy is kept under; throws where there is no such resource
  void get(GetIamPolicyRequest request, StreamObserver<Policy> caller, UnaryOperator<String> key) {
    Answer.to(caller, () -> world.read(() -> get(key.apply(request.getResource()), request)));
  }

  /// Answers SetIamPolicy.
  ///
  /// @param key what a resource's policy is kept under; throws where there is no such resource
  void set(SetIamPolicyRequest request, StreamObserver<Policy> caller, UnaryOperator<String> key) {
    Answer.to(caller, () -> world.write(() -> set(key.apply(request.getResource()), request)));
  }

  /// Reads a policy; only its own, never what is inherited (**documented**).
  private Policy get(String key, GetIamPolicyRequest request) {
    var policy =
        CallGate.effect() instanceof Effect.Stale(var before) ? before : world.policies.get(key);
    return PolicyVersions.seen(policy, request.getOptions().getRequestedPolicyVersion(), kind);
  }

  /// Writes a policy, whole or not at all: one bad member makes the whole write fail
  /// (**recorded**).
  ///
  /// An etag must be the current one (**recorded**), also where the mask leaves it out
  /// (**assumed**); without an etag the policy is overwritten blindly (**documented**). That a
  /// stale etag is told before anything wrong with the content is **assumed**.
  private Policy set(String key, SetIamPolicyRequest request) {
    var current = world.policies.get(key);
    var sent = request.getPolicy();
    if (!request.hasPolicy()) {
      throw Errors.invalidArgument();
    }
    if (!sent.getEtag().isEmpty() && !sent.getEtag().equals(current.getEtag())) {
      throw Errors.concurrentChange();
    }
    PolicyVersions.checkWritable(sent, current, kind);
    var next = current.toBuilder();
    for (var field : maskOf(request).getPathsList()) {
      switch (field) {
        case "bindings" ->
            next.clearBindings()
                .addAllBindings(
                    new BindingRules(world, kind, key)
                        .accepted(sent.getBindingsList(), sent.getVersion()));
        case "audit_configs", "auditConfigs" -> {
          checkAuditConfigs(sent);
          next.clearAuditConfigs().addAllAuditConfigs(sent.getAuditConfigsList());
        }
        case "etag", "version" -> {} // minted, and set by content
        default -> throw Errors.invalidArgument();
      }
    }
    var changed = next.build();
    if (world.limited()) {
      Limits.check(changed);
    }
    return world.policies.put(key, changed);
  }

  /// **Documented**: `bindings,etag` unless said otherwise.
  private static FieldMask maskOf(SetIamPolicyRequest request) {
    return request.getUpdateMask().getPathsCount() > 0
        ? request.getUpdateMask()
        : FieldMask.newBuilder().addPaths("bindings").addPaths("etag").build();
  }

  /// **Assumed**: exempted members are validated like any other, and a log type must be a known
  /// one.
  private void checkAuditConfigs(Policy sent) {
    var members = new MemberRules(world, kind);
    for (var config : sent.getAuditConfigsList()) {
      for (var log : config.getAuditLogConfigsList()) {
        if (log.getLogType() == LogType.UNRECOGNIZED) {
          throw Errors.invalidArgument();
        }
        log.getExemptedMembersList().forEach(members::accepted);
      }
    }
  }
}
