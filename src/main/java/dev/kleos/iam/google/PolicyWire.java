package dev.kleos.iam.google;

import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.type.Expr;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Grants to bindings and back. `unwire(wire(p))` equals `p`.
///
/// Always version 3, the only one that carries conditions: a lower one makes Google drop them all.
/// The expression's `location`, a debugging aid that Google does not tell bindings apart by, is not
/// kept. Audit configurations are never sent, so Google leaves them alone; only whom they exempt is
/// counted.
final class PolicyWire {
  /// The policy schema version that is asked for and sent.
  static final int VERSION = 3;

  private PolicyWire() {}

  static Policy wire(AllowPolicy policy) {
    var bindings = new LinkedHashMap<Key, Binding.Builder>();
    policy
        .spellings()
        .forEach((grant, members) ->
            bindings
                .computeIfAbsent(new Key(grant.role(), grant.condition()), PolicyWire::binding)
                .addAllMembers(members));
    var wire =
        Policy.newBuilder()
            .setVersion(VERSION)
            .setEtag(ByteString.copyFrom(Base64.getDecoder().decode(policy.etag())));
    bindings.values().forEach(wire::addBindings);
    return wire.build();
  }

  static AllowPolicy unwire(Policy wire) {
    var grants = new ArrayList<Grant>();
    for (var binding : wire.getBindingsList()) {
      var role = new Role(binding.getRole());
      var condition = binding.hasCondition() ? condition(binding.getCondition()) : null;
      for (var member : binding.getMembersList()) {
        grants.add(new Grant(role, Principal.of(member), condition));
      }
    }
    return AllowPolicy.of(Base64.getEncoder().encodeToString(wire.getEtag().toByteArray()), grants)
        .withExemptions(exemptions(wire));
  }

  private static int exemptions(Policy wire) {
    return wire.getAuditConfigsList().stream()
        .flatMap(config -> config.getAuditLogConfigsList().stream())
        .mapToInt(AuditLogConfig::getExemptedMembersCount)
        .sum();
  }

  private static Binding.Builder binding(Key key) {
    var binding = Binding.newBuilder().setRole(key.role().name());
    if (key.condition() != null) {
      binding.setCondition(
          Expr.newBuilder()
              .setTitle(key.condition().title())
              .setExpression(key.condition().expression())
              .setDescription(key.condition().description()));
    }
    return binding;
  }

  private static Condition condition(Expr expr) {
    return new Condition(expr.getTitle(), expr.getExpression(), expr.getDescription());
  }

  private record Key(Role role, @Nullable Condition condition) {}
}
