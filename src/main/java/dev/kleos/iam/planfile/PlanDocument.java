package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One plan file as it is written: each value well formed and in its place, no name resolved.
///
/// @param project empty text where the file names one that is none
/// @param userRoles what a user gets here: the file's own, else the three impersonation roles
record PlanDocument(
    String file,
    @Nullable Located<String> project,
    List<Role> userRoles,
    @Nullable Located<Unmanaged> unmanaged,
    List<AccountBlock> accounts,
    List<ServiceBlock> services,
    @Nullable ProjectBlock projectPolicy,
    @Nullable Located<String> projectNumber) {

  PlanDocument {
    userRoles = List.copyOf(userRoles);
    accounts = List.copyOf(accounts);
    services = List.copyOf(services);
  }

  /// The same document with other resources.
  PlanDocument with(
      List<AccountBlock> accounts,
      List<ServiceBlock> services,
      @Nullable ProjectBlock projectPolicy) {
    return new PlanDocument(
        file, project, userRoles, unmanaged, accounts, services, projectPolicy, projectNumber);
  }

  /// An account of the plan.
  ///
  /// @param key its id, or the address of one that is only referred to
  record AccountBlock(
      Located<String> key,
      @Nullable Located<String> displayName,
      @Nullable Located<String> description,
      @Nullable Located<Unmanaged> unmanaged,
      List<Entry> users,
      List<BindingBlock> bindings) {
    AccountBlock {
      users = List.copyOf(users);
      bindings = List.copyOf(bindings);
    }

    boolean isReferred() {
      return key.value().contains("@");
    }

    /// The same account with other grants.
    AccountBlock with(List<Entry> users, List<BindingBlock> bindings) {
      return new AccountBlock(key, displayName, description, unmanaged, users, bindings);
    }
  }

  /// A Cloud Run service of the plan.
  record ServiceBlock(
      Span span,
      String region,
      String name,
      @Nullable Located<Unmanaged> unmanaged,
      List<Entry> invokers,
      List<BindingBlock> bindings) {
    ServiceBlock {
      invokers = List.copyOf(invokers);
      bindings = List.copyOf(bindings);
    }

    /// The same service with other grants.
    ServiceBlock with(List<Entry> invokers, List<BindingBlock> bindings) {
      return new ServiceBlock(span, region, name, unmanaged, invokers, bindings);
    }
  }

  /// Grants on the project itself.
  record ProjectBlock(
      Span span, @Nullable Located<Unmanaged> unmanaged, List<BindingBlock> bindings) {
    ProjectBlock {
      bindings = List.copyOf(bindings);
    }
  }

  /// One role for several members.
  record BindingBlock(Role role, List<Entry> members, @Nullable Located<Condition> condition) {
    BindingBlock {
      members = List.copyOf(members);
    }
  }

  /// One line of a list of principals.
  ///
  /// @param span where the principal stands
  record Entry(
      Span span,
      Member who,
      @Nullable Located<End> until,
      @Nullable String reason,
      @Nullable Allowance allow) {
    /// The condition of its own end; null where it has none.
    @Nullable Located<Condition> ending() {
      return until == null ? null : new Located<>(until.value().condition(), until.span());
    }
  }
}
