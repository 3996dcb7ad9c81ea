package dev.kleos.iam.cli;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.RemovalLimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  @Option(
      names = "--max-removals",
      paramLabel = "N|N%",
      split = ",",
      converter = RemovalLimitConverter.class,
      description = {
        "How many grants may go; else 20, and 25%% a policy.",
        "Or be cut short: N in all, N%% of a policy of 10 grants or more."
      })
  private List<UnaryOperator<RemovalLimit>> limits = new ArrayList<>();

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      split = ",",
      converter = ConsentConverter.class,
      completionCandidates = ConsentConverter.All.class,
      description = {
        "Allow ${COMPLETION-CANDIDATES}.",
        "These are refused otherwise. last-grant: the last who has a role loses it. empty-plan: a plan that asks for nothing"
            + " takes something away. own-role: you lose the role that lets you do this. recreate:"
            + " an account is created although one of its name was deleted, and could be restored."
      })
  private List<Consent> consents = new ArrayList<>();

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
    return overrides(Overrides.NONE);
  }

  /// The same besides what was said before.
  Overrides overrides(Overrides before) {
    var said = EnumSet.noneOf(Consent.class);
    said.addAll(before.consents());
    said.addAll(consents);
    var limit = before.limit();
    for (var change : limits) {
      limit = change.apply(limit);
    }
    return new Overrides(limit, said);
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
