package dev.kleos.iam.report;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
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

  /// A diff, with a changed condition as one row instead of a loss and a gain.
  static List<Group> of(GrantDiff diff, Predicate<Grant> hasEnded) {
    var lost = diff.lost();
    var before = new LinkedHashMap<Grant.Assignment, List<String>>();
    var rows = new LinkedHashMap<GrantRow, TreeSet<Role>>();
    for (var grant : diff.removed()) {
      if (lost.contains(grant)) {
        put(rows, grant, Sign.REMOVED, Phrases.when(grant.condition()), hasEnded.test(grant));
      } else {
        before
            .computeIfAbsent(grant.assignment(), _ -> new ArrayList<>())
            .add(Phrases.whenOrAlways(grant.condition()));
      }
    }
    for (var grant : diff.added()) {
      var old = before.get(grant.assignment());
      if (old == null) {
        put(rows, grant, Sign.ADDED, Phrases.when(grant.condition()), false);
      } else {
        var change = String.join(", ", old) + " → " + Phrases.whenOrAlways(grant.condition());
        put(rows, grant, Sign.CHANGED, change, false);
      }
    }
    return grouped(rows);
  }

  /// Grants that stay although the plan does not name them.
  static List<Group> ofUnmanaged(Collection<Grant> grants, Predicate<Grant> hasEnded) {
    var rows = new LinkedHashMap<GrantRow, TreeSet<Role>>();
    for (var grant : grants) {
      put(rows, grant, Sign.UNMANAGED, Phrases.when(grant.condition()), hasEnded.test(grant));
    }
    return grouped(rows);
  }

  private static void put(
      Map<GrantRow, TreeSet<Role>> rows, Grant grant, Sign sign, String when, boolean ended) {
    rows.computeIfAbsent(new GrantRow(sign, grant.principal(), when, ended), _ -> new TreeSet<>())
        .add(grant.role());
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
