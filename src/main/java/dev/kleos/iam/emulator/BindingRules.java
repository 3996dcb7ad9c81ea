package dev.kleos.iam.emulator;

import com.google.iam.v1.Binding;
import com.google.type.Expr;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of the bindings that were sent is stored.
final class BindingRules {
  private final ResourceKind kind;
  private final String key;
  private final CustomRoles customRoles;
  private final MemberRules members;

  /// @param key what the policy is kept under
  BindingRules(World world, ResourceKind kind, String key) {
    this.kind = kind;
    this.key = key;
    this.customRoles = new CustomRoles(world);
    this.members = new MemberRules(world, kind);
  }

  /// The bindings as stored: those of one role and one condition become one, in the order of their
  /// first (**assumed**; several may stand side by side in a policy that was written otherwise),
  /// and a member stands in it once (**assumed**).
  ///
  /// @throws io.grpc.StatusRuntimeException for the first thing that is wrong with any of them
  List<Binding> accepted(List<Binding> sent, int version) {
    Map<Identity, Folded> folded = new LinkedHashMap<>();
    for (var each : sent) {
      var binding = PolicyVersions.taken(each, version);
      RoleRules.check(binding.getRole(), kind);
      customRoles.check(binding.getRole(), key);
      // Documented; the text is assumed.
      if (binding.getMembersCount() == 0) {
        throw Errors.invalid(
            "A binding must have at least one member; role " + binding.getRole() + " has none.");
      }
      ConditionRules.check(binding);
      var into =
          folded.computeIfAbsent(
              Identity.of(binding), _ -> new Folded(binding, new LinkedHashSet<>()));
      binding.getMembersList().forEach(member -> into.members.add(members.accepted(member)));
    }
    return folded.values().stream().map(Folded::binding).toList();
  }

  /// What makes two bindings one: role, and title, description and expression of the condition,
  /// compared exactly (**documented**).
  private record Identity(
      String role, boolean conditional, String title, String description, String expression) {
    static Identity of(Binding binding) {
      Expr condition = binding.getCondition();
      return new Identity(
          binding.getRole(),
          binding.hasCondition(),
          condition.getTitle(),
          condition.getDescription(),
          condition.getExpression());
    }
  }

  private record Folded(Binding first, Set<String> members) {
    Binding binding() {
      return first.toBuilder().clearMembers().addAllMembers(members).build();
    }
  }
}
