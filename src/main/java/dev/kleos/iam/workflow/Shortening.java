package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planner.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a grant from ending access earlier than it ends now, and from making access that ends last
/// for ever where nobody said so.
final class Shortening {
  private Shortening() {}

  /// The refusals of what the changes would do to grants that no entry of the plan asks for.
  ///
  /// @param named principals whose entry says on what terms they have access; what differs from it
  ///   is drift
  static List<Refusal> check(
      GrantRequest request, ChangeSet changeSet, Set<Principal> named, Instant now) {
    var refusals = new ArrayList<Refusal>();
    var seen = new LinkedHashSet<Principal>();
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify && !request.replace()) {
        for (var effect : modify.effects()) {
          var principal = effect.assignment().principal();
          for (var grant : effect.before()) {
            var terms = Terms.of(grant.condition(), request.condition(), now);
            if ((terms == Terms.SHORTER || terms == Terms.UNSAID)
                && !named.contains(principal)
                && seen.add(principal)) {
              refusals.add(refusal(request, principal, grant.condition(), "outside of the plan"));
            }
          }
        }
      }
    }
    return refusals;
  }

  /// @param where the present terms are from
  static Refusal refusal(
      GrantRequest request, Principal principal, @Nullable Condition has, String where) {
    var present =
        has == null
            ? "has access without an end"
            : has.end()
                .map(end -> "has access until " + end)
                .orElse("has access if " + has.expression());
    return new Refusal(
        request.resource(),
        "would change the terms of " + principal + ", who " + present + " (" + where + ")",
        "if that is meant, add --replace");
  }
}
