package dev.kleos.iam.cli;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `apply` does for once beyond what the plan files say, and `plan` shows.
final class ChangeOptions {
  @Option(
      names = "--prune",
      description = {
        "Also end access that the plan does not name.",
        "On accounts and services: grants of roles that the plan answers for there (unmanaged"
            + " grants)."
      })
  private boolean prune;

  @Option(names = "--prune-project", description = "The same on the project itself.")
  private boolean pruneProject;

  @Option(names = "--sweep-expired", description = "Also remove grants that have ended.")
  private boolean sweepExpired;

  @Option(names = "--purge-deleted", description = "Also remove members that were deleted.")
  private boolean purgeDeleted;

  @Option(
      names = "--remove-service-agent",
      paramLabel = "MEMBER",
      description = {"Also remove this service agent of Google's.", "May be repeated."})
  private List<String> agents = new ArrayList<>();

  @Mixin private OverrideOptions overrides = new OverrideOptions();

  /// What is removed for once.
  Pruning pruning() {
    var named = new LinkedHashSet<Principal>();
    for (var agent : agents) {
      named.add(agent(agent));
    }
    return new Pruning(prune, pruneProject, sweepExpired, purgeDeleted, named);
  }

  /// The first option that removes more than the plan files say; empty where none was given.
  Optional<String> pruningOption() {
    return Stream.of(
            prune ? "--prune" : "",
            pruneProject ? "--prune-project" : "",
            sweepExpired ? "--sweep-expired" : "",
            purgeDeleted ? "--purge-deleted" : "",
            agents.isEmpty() ? "" : "--remove-service-agent")
        .filter(option -> !option.isEmpty())
        .findFirst();
  }

  /// What is said aloud.
  Overrides overrides() {
    return overrides.overrides();
  }

  /// The same besides what was said before.
  Overrides overrides(Overrides before) {
    return overrides.overrides(before);
  }

  private static Principal agent(String text) {
    var principal = Principal.of(text.contains(":") ? text : "serviceAccount:" + text);
    if (!principal.isServiceAgent()) {
      throw new PlanUsageException(
          "--remove-service-agent: \""
              + text
              + "\" is no service agent of Google's; kleos-iam revoke ends anybody else's access");
    }
    return principal;
  }
}
