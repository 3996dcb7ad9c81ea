package dev.kleos.iam.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the plan files ask for, with names resolved and dates turned into conditions.
///
/// @param accounts the accounts that the plan creates and describes; an account that it only refers
///   to is not among them
/// @param policies one for each resource that the plan names, also where it grants nothing there
/// @param projectNumbers by project id, the number that the plan expects that project to have
public record DesiredState(
    List<ServiceAccount> accounts,
    List<DesiredPolicy> policies,
    Map<String, String> projectNumbers) {

  public DesiredState {
    accounts = List.copyOf(accounts);
    policies = List.copyOf(policies);
    projectNumbers = Collections.unmodifiableMap(new LinkedHashMap<>(projectNumbers));
  }

  /// What the plan asks of one policy.
  ///
  /// @param grants what it wants, with what each entry allows aloud where that is needed
  /// @param managedRoles the roles that the plan answers for on this resource
  /// @param ended assignments whose entry has ended: nothing is wanted for them any more
  /// @param unmanaged what becomes of grants of the managed roles to principals not named
  public record DesiredPolicy(
      Resource resource,
      Set<Grant> grants,
      Map<Grant, Allowance> allowances,
      Set<Role> managedRoles,
      Set<Grant.Assignment> ended,
      Unmanaged unmanaged) {

    public DesiredPolicy {
      grants = Collections.unmodifiableSet(new LinkedHashSet<>(grants));
      allowances = Collections.unmodifiableMap(new LinkedHashMap<>(allowances));
      managedRoles = Collections.unmodifiableSet(new LinkedHashSet<>(managedRoles));
      ended = Set.copyOf(ended);
    }

    /// Whether an entry names this principal for this role, also one that has ended.
    public boolean names(Grant.Assignment assignment) {
      return ended.contains(assignment)
          || grants.stream().anyMatch(grant -> grant.assignment().equals(assignment));
    }

    /// The same wish with other treatment of unmanaged grants.
    public DesiredPolicy withUnmanaged(Unmanaged other) {
      return new DesiredPolicy(resource, grants, allowances, managedRoles, ended, other);
    }
  }
}
