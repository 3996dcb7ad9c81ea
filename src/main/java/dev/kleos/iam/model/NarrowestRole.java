package dev.kleos.iam.model;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The narrowest predefined role that has what somebody lacks. Source: Google's IAM role reference.
///
/// For reading policies that may be one for all of Google Cloud, because it shows nothing but
/// policies. For writing it is one of the API itself: `roles/iam.securityAdmin` would do less on a
/// service, but by a slip on the project it gives away everything.
public final class NarrowestRole {
  /// Roles, narrower ones first, with those of their permissions that they are named for.
  private static final Map<String, Set<String>> ROLES = new LinkedHashMap<>();

  static {
    add("roles/iam.serviceAccountOpenIdTokenCreator", "iam.serviceAccounts", "getOpenIdToken");
    add("roles/iam.serviceAccountViewer", "iam.serviceAccounts", "get", "list", "getIamPolicy");
    add("roles/iam.serviceAccountCreator", "iam.serviceAccounts", "get", "list", "create");
    add("roles/iam.serviceAccountUser", "iam.serviceAccounts", "get", "list", "actAs");
    add(
        "roles/iam.serviceAccountTokenCreator",
        "iam.serviceAccounts",
        "get",
        "list",
        "getOpenIdToken",
        "getAccessToken",
        "implicitDelegation");
    add(
        "roles/iam.serviceAccountAdmin",
        "iam.serviceAccounts",
        "get",
        "list",
        "create",
        "update",
        "getIamPolicy",
        "setIamPolicy");
    add("roles/run.servicesInvoker", "run.routes", "invoke");
    add("roles/iam.securityReviewer", "run.services", "getIamPolicy");
    add("roles/run.viewer", "run.services", "get", "list", "getIamPolicy");
    add("roles/run.admin", "run.services", "get", "list", "getIamPolicy", "setIamPolicy");
    add("roles/browser", "resourcemanager.projects", "get", "getIamPolicy");
    add(
        "roles/resourcemanager.projectIamAdmin",
        "resourcemanager.projects",
        "get",
        "getIamPolicy",
        "setIamPolicy");
    add("roles/serviceusage.serviceUsageViewer", "serviceusage.services", "get");
    add("roles/serviceusage.serviceUsageConsumer", "serviceusage.services", "get", "use");
  }

  private NarrowestRole() {}

  /// The role; empty where none that is known here has all of the permissions.
  public static Optional<String> of(Collection<String> permissions) {
    return ROLES.entrySet().stream()
        .filter(role -> role.getValue().containsAll(permissions))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// What somebody needs, in a sentence.
  ///
  /// @param permissions at least one
  /// @param where what they are needed on
  public static String sentence(Set<String> permissions, String where) {
    var isOne = permissions.size() == 1;
    return "You need "
        + listed(permissions)
        + " on "
        + where
        + of(permissions)
            .map(role ->
                "; the narrowest predefined role that has "
                    + (isOne ? "it" : "them")
                    + " is "
                    + role)
            .orElse("")
        + ".";
  }

  /// Every permission that is known here, in order.
  static Set<String> known() {
    var known = new TreeSet<String>();
    ROLES.values().forEach(known::addAll);
    return known;
  }

  private static String listed(Set<String> permissions) {
    var all = permissions.stream().sorted().toList();
    var last = all.size() - 1;
    return last == 0
        ? all.getFirst()
        : all.stream().limit(last).collect(joining(", ")) + " and " + all.get(last);
  }

  private static void add(String role, String resource, String... verbs) {
    var permissions = new TreeSet<String>();
    for (var verb : verbs) {
      permissions.add(resource + "." + verb);
    }
    ROLES.put(role, permissions);
  }
}
