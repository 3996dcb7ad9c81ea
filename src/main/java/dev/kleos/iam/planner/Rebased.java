package dev.kleos.iam.planner;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Resource;
import java.util.List;

/// What has become of changes that were planned a while ago.
///
/// @param changeSet what is left to do, each change on the policy as it is by now
/// @param inEffect what is as the changes would leave it already
/// @param elsewhere where policies moved in what no change is about
/// @param moved what a change is about and is not as it was then; while there is any, nothing of
///   the changes means what was shown
public record Rebased(
    ChangeSet changeSet, List<Change> inEffect, List<Elsewhere> elsewhere, List<Move> moved) {
  public Rebased {
    inEffect = List.copyOf(inEffect);
    elsewhere = List.copyOf(elsewhere);
    moved = List.copyOf(moved);
  }

  /// A policy that moved in what no change is about.
  ///
  /// @param since what was added and removed; empty where only the etag is another
  public record Elsewhere(Resource resource, GrantDiff since) {}
}
