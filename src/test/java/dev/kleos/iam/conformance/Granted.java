package dev.kleos.iam.conformance;

import com.google.type.Expr;
import dev.kleos.iam.emulator.World;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// One member's grant, as a world holds it.
record Granted(String resource, String role, Expr condition, String member) {

  /// Every grant on some resources.
  static Set<Granted> in(World world, Collection<String> resources) {
    var grants = new HashSet<Granted>();
    for (var resource : resources) {
      for (var binding : world.policy(resource).getBindingsList()) {
        for (var member : binding.getMembersList()) {
          grants.add(new Granted(resource, binding.getRole(), binding.getCondition(), member));
        }
      }
    }
    return grants;
  }
}
