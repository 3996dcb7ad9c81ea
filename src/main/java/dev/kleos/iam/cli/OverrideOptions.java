package dev.kleos.iam.cli;

import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.RemovalLimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/// What is said aloud for one run, so that no guard refuses it.
final class OverrideOptions {
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
}
