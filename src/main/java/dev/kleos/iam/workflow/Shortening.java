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

  /// The refusals of what the changes would do to grants as Google holds them.
  ///
  /// @param named principals of whom the plan says already on what terms they have access: that
  ///   these have no end was asked for
  static List<Refusal> check(
      GrantRequest request, ChangeSet changeSet, Set<Principal> named, Instant now) {
    var refusals = new ArrayList<Refusal>();
    var seen = new LinkedHashSet<Principal>();
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify && !request.replace()) {
        for (var effect : modify.effects()) {
          var principal = effect.assignment().principal();
          for (var grant : effect.before()) {
            for (var next : effect.after()) {
              var terms = Terms.of(grant.condition(), next.condition(), now);
              var isUnasked = terms == Terms.UNSAID && !named.contains(principal);
              if ((terms == Terms.SHORTER || isUnasked) && seen.add(principal)) {
                refusals.add(
                    refusal(request, principal, grant.condition(), next.condition(), "in Google"));
              }
            }
          }
        }
      }
    }
    return refusals;
  }

  /// Refuses other terms than the present ones.
  ///
  /// @param where the present ones are from
  static Refusal refusal(
      GrantRequest request,
      Principal principal,
      @Nullable Condition has,
      @Nullable Condition asked,
      String where) {
    return new Refusal(
        request.resource(),
        "would change when the access of "
            + principal
            + " ends: it "
            + ends(has)
            + " ("
            + where
            + "), and then "
            + ends(asked),
        "if that is meant, add --replace");
  }

  private static String ends(@Nullable Condition condition) {
    return condition == null
        ? "has no end"
        : condition.end().map(end -> "ends at " + end).orElse("holds if " + condition.expression());
  }
}
