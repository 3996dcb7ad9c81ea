package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.time.Instant;
import java.util.Optional;

/// Grants on the road, in words.
final class GrantWords {
  /// How long a grant takes to spread. Source: "Access change propagation" in Google's IAM
  /// documentation.
  static final String LATE = "has not spread yet (2 minutes usually, 7 or more at times)";

  private GrantWords() {}

  /// Such as `by roles/run.invoker on the project, until 2027-01-31T00:00:00Z`.
  static String of(Reach.Granted reach) {
    return "by " + of(reach.grant(), reach.on()) + until(reach.until());
  }

  /// Why one does not hold now.
  static String of(Reach.Unmet reach) {
    var condition = reach.grant().condition();
    var what = of(reach.grant(), reach.on());
    if (condition == null) {
      return what;
    }
    return what
        + condition
            .end()
            .map(end -> " ended at " + end)
            .orElse(
                ": its condition is not met now, "
                    + title(condition.title(), condition.expression()));
  }

  /// Why it cannot be told whether one holds.
  static String of(Reach.Perhaps reach) {
    var condition = reach.grant().condition();
    return of(reach.grant(), reach.on())
        + (condition == null
            ? ", whose members cannot be seen from here"
            : ", under the condition " + title(condition.title(), condition.expression()));
  }

  /// Such as `roles/run.invoker on the service to group:devs@example.com`.
  static String of(Grant grant, Resource on) {
    var who = grant.principal();
    return grant.role().name()
        + " on the "
        + kind(on)
        + (who.isPublic() || isMany(who.type()) ? " to " + who.spelling() : "");
  }

  /// A policy that may not be read, such as `the project's policy (PERMISSION, in ROLE)`.
  static String policy(Resource of) {
    var permission =
        switch (of) {
          case Resource.Account _ -> "iam.serviceAccounts.getIamPolicy";
          case Resource.Service _ -> "run.services.getIamPolicy";
          case Resource.Project _ -> "resourcemanager.projects.getIamPolicy";
        };
    return "the " + kind(of) + "'s policy (" + Lack.of(permission) + ")";
  }

  /// A role that may not be looked into.
  static String role(Grant grant, Resource on) {
    return "what " + of(grant, on) + " carries (" + Lack.of("iam.roles.get") + ")";
  }

  /// What could not be seen, and what could.
  static String of(Reach.Unseen reach) {
    return "you may not see "
        + reach.what()
        + (reach.seen() instanceof Reach.Unmet unmet ? "; " + of(unmet) : "");
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }

  private static boolean isMany(String type) {
    return type.equals("group") || type.equals("domain") || type.equals("principalSet");
  }

  private static String title(String title, String expression) {
    return title.isEmpty() ? expression : "\"" + title + "\" (" + expression + ")";
  }

  private static String until(Optional<Instant> end) {
    return end.map(instant -> ", until " + instant).orElse("");
  }
}
