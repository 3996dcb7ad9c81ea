package dev.kleos.iam.model;

import java.util.List;
import java.util.Set;

/// A role by its full name, e.g. `roles/run.invoker` or `projects/kleos-demo/roles/caller`.
///
/// Any non-empty name is a role here: what Google holds need not be a name that a plan may use.
public record Role(String name) implements Comparable<Role> {
  /// May call a Cloud Run service (and run jobs).
  public static final Role RUN_INVOKER = new Role("roles/run.invoker");

  /// May call a Cloud Run service, and nothing else.
  public static final Role RUN_SERVICES_INVOKER = new Role("roles/run.servicesInvoker");

  /// The roles through which a user acts as a service account; what a user of a plan gets when the
  /// plan file does not say otherwise.
  public static final List<Role> IMPERSONATION =
      List.of(
          new Role("roles/iam.serviceAccountUser"),
          new Role("roles/iam.serviceAccountTokenCreator"),
          new Role("roles/iam.serviceAccountOpenIdTokenCreator"));

  private static final Set<String> BASIC =
      Set.of(
          "roles/owner",
          "roles/editor",
          "roles/viewer",
          "roles/admin",
          "roles/writer",
          "roles/reader");

  /// The predefined roles that can set an allow policy of what we change. Source: Google's IAM role
  /// reference.
  private static final Set<String> ADMINISTERING =
      Set.of(
          "roles/owner",
          "roles/admin",
          "roles/iam.securityAdmin",
          "roles/iam.serviceAccountAdmin",
          "roles/resourcemanager.projectIamAdmin",
          "roles/run.admin");

  public Role {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a role has a name");
    }
  }

  /// Whether this is one of Google's basic roles, which reach nearly everything in a project.
  public boolean isBasic() {
    return BASIC.contains(name);
  }

  /// Whether this role lets its holder change who has what on accounts, services or projects.
  /// Custom roles may do so too; nobody here can see into them.
  public boolean isAdministering() {
    return ADMINISTERING.contains(name);
  }

  /// Whether this role lets its holder act as a service account.
  public boolean isImpersonation() {
    return IMPERSONATION.contains(this) || name.equals("roles/iam.workloadIdentityUser");
  }

  @Override
  public int compareTo(Role other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
