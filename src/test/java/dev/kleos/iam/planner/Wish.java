package dev.kleos.iam.planner;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a plan file asks of one policy, put together by hand. Roles that are granted are managed.
public final class Wish {
  private final Resource resource;
  private final Set<Grant> grants = new LinkedHashSet<>();
  private final Map<Grant, Allowance> allowances = new LinkedHashMap<>();
  private final Set<Role> managed = new LinkedHashSet<>();
  private final Set<Grant.Assignment> ended = new HashSet<>();
  private Unmanaged unmanaged = Unmanaged.REPORT;

  private Wish(Resource resource) {
    this.resource = resource;
  }

  public static Wish on(Resource resource) {
    return new Wish(resource);
  }

  public static Grant grant(String role, String member) {
    return Grant.of(new Role(role), Principal.of(member));
  }

  public static Grant grant(String role, String member, Condition condition) {
    return new Grant(new Role(role), Principal.of(member), condition);
  }

  /// A plan of nothing but these policies.
  public static DesiredState plan(DesiredPolicy... policies) {
    return plan(List.of(), policies);
  }

  /// A plan of these accounts and policies.
  public static DesiredState plan(List<ServiceAccount> accounts, DesiredPolicy... policies) {
    return new DesiredState(accounts, List.of(policies), Map.of());
  }

  public Wish wants(Grant... wanted) {
    for (var grant : wanted) {
      grants.add(grant);
      managed.add(grant.role());
    }
    return this;
  }

  public Wish wants(Grant grant, Allowance allowance) {
    allowances.put(grant, allowance);
    return wants(grant);
  }

  /// Each of the users gets each of the impersonation roles, as a `users` entry does.
  public Wish users(List<String> members) {
    members.forEach(
        member -> Role.IMPERSONATION.forEach(role -> wants(grant(role.name(), member))));
    return this;
  }

  public Wish manages(String... roles) {
    for (var role : roles) {
      managed.add(new Role(role));
    }
    return this;
  }

  public Wish ended(String role, String member) {
    ended.add(grant(role, member).assignment());
    return manages(role);
  }

  public Wish unmanaged(Unmanaged treatment) {
    unmanaged = treatment;
    return this;
  }

  public DesiredPolicy policy() {
    return new DesiredPolicy(resource, grants, allowances, managed, ended, unmanaged);
  }
}
