package dev.kleos.iam.model;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/// How much of a limit a policy uses.
///
/// @param about what of the policy uses it, where that is not all of it: a role and its principal,
///   or a condition; empty otherwise
public record Usage(Limit limit, int used, String about) {

  /// The usage of a limit; where the limit is one for each part of a policy, of the part that uses
  /// most.
  public static Usage of(Limit limit, AllowPolicy policy) {
    return switch (limit) {
      case PRINCIPALS -> principals(policy);
      case GROUPS -> groups(policy);
      case VARIANTS -> variants(policy);
      case OPERATORS -> operators(policy);
    };
  }

  /// What is counted, e.g. `principals`.
  public String unit() {
    return switch (limit) {
      case PRINCIPALS -> "principals";
      case GROUPS -> "groups and domains";
      case VARIANTS -> "conditions of " + about;
      case OPERATORS -> "logical operators in the condition \"" + about + '"';
    };
  }

  /// Whether Google refuses a policy that uses so much.
  public boolean isExceeded() {
    return limit.isExceededBy(used);
  }

  /// Whether there is little left.
  public boolean isNear() {
    return limit.isNear(used);
  }

  private static Usage principals(AllowPolicy policy) {
    var members = policy.spellings().values().stream().mapToInt(Set::size).sum();
    return new Usage(Limit.PRINCIPALS, members + policy.exemptions(), "");
  }

  private static Usage groups(AllowPolicy policy) {
    var groups = new HashSet<Principal>();
    var domains = 0;
    for (var entry : policy.spellings().entrySet()) {
      var principal = entry.getKey().principal();
      switch (principal.type()) {
        case "group" -> groups.add(principal);
        case "domain" -> domains += entry.getValue().size();
        default -> {}
      }
    }
    return new Usage(Limit.GROUPS, groups.size() + domains, "");
  }

  private static Usage variants(AllowPolicy policy) {
    var conditions = new LinkedHashMap<Grant.Assignment, Integer>();
    for (var grant : policy.grants()) {
      if (grant.condition() != null) {
        conditions.merge(grant.assignment(), 1, Integer::sum);
      }
    }
    return conditions.entrySet().stream()
        .map(entry ->
            new Usage(
                Limit.VARIANTS,
                entry.getValue(),
                entry.getKey().role() + " for " + entry.getKey().principal()))
        .max(Comparator.comparingInt(Usage::used))
        .orElse(new Usage(Limit.VARIANTS, 0, ""));
  }

  private static Usage operators(AllowPolicy policy) {
    var conditions = new LinkedHashSet<Condition>();
    for (var grant : policy.grants()) {
      if (grant.condition() != null) {
        conditions.add(grant.condition());
      }
    }
    return conditions.stream()
        .map(condition ->
            new Usage(Limit.OPERATORS, condition.logicalOperators(), condition.title()))
        .max(Comparator.comparingInt(Usage::used))
        .orElse(new Usage(Limit.OPERATORS, 0, ""));
  }
}
