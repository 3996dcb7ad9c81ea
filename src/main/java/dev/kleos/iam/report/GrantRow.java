package dev.kleos.iam.report;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.model.Effect;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What happens to one principal, as one line: roles that come or go together are said once.
///
/// @param when when the grant holds, or how that changes; empty where it always does
/// @param ended whether the grant's own condition has ended, so that nobody loses or has anything
record GrantRow(Sign sign, Principal principal, String when, boolean ended) {
  private static final Comparator<GrantRow> LOSSES_FIRST =
      Comparator.comparing(GrantRow::sign)
          .thenComparing(GrantRow::principal)
          .thenComparing(GrantRow::when);

  /// Rows that are about the same roles.
  record Group(List<Role> roles, List<GrantRow> rows) {}

  /// What changes, a changed condition as one row instead of a loss and a gain.
  static List<Group> of(List<Effect> effects, Predicate<Grant> hasEnded) {
    var rows = new LinkedHashMap<GrantRow, TreeSet<Role>>();
    for (var effect : effects) {
      if (effect.isGain()) {
        effect.after().forEach(grant -> put(rows, grant, Sign.ADDED, hasEnded));
      } else if (effect.isLoss()) {
        effect.before().forEach(grant -> put(rows, grant, Sign.REMOVED, hasEnded));
      } else {
        var change = conditions(effect.before()) + " → " + conditions(effect.after());
        var principal = effect.assignment().principal();
        put(rows, new GrantRow(Sign.CHANGED, principal, change, false), effect.assignment().role());
      }
    }
    return grouped(rows);
  }

  /// Grants that stay although the plan does not name them.
  static List<Group> ofUnmanaged(Collection<Grant> grants, Predicate<Grant> hasEnded) {
    var rows = new LinkedHashMap<GrantRow, TreeSet<Role>>();
    grants.forEach(grant -> put(rows, grant, Sign.UNMANAGED, hasEnded));
    return grouped(rows);
  }

  private static String conditions(List<Grant> grants) {
    return grants.stream()
        .map(grant -> Phrases.whenOrAlways(grant.condition()))
        .collect(joining(" or "));
  }

  private static void put(
      Map<GrantRow, TreeSet<Role>> rows, Grant grant, Sign sign, Predicate<Grant> hasEnded) {
    var when = Phrases.when(grant.condition());
    put(rows, new GrantRow(sign, grant.principal(), when, hasEnded.test(grant)), grant.role());
  }

  private static void put(Map<GrantRow, TreeSet<Role>> rows, GrantRow row, Role role) {
    rows.computeIfAbsent(row, _ -> new TreeSet<>()).add(role);
  }

  private static List<Group> grouped(Map<GrantRow, TreeSet<Role>> rows) {
    var byRoles = new LinkedHashMap<List<Role>, List<GrantRow>>();
    rows.forEach((row, roles) ->
        byRoles.computeIfAbsent(List.copyOf(roles), _ -> new ArrayList<>()).add(row));
    var groups = new ArrayList<Group>();
    byRoles.forEach((roles, group) -> {
      group.sort(LOSSES_FIRST);
      groups.add(new Group(roles, group));
    });
    return groups;
  }
}
