package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planner.Doubt;
import java.util.List;

/// What somebody should know before they say yes.
///
/// @param doubts what speaks for a slip of the fingers
/// @param unchanged the principals for whom nothing changes
/// @param kept entries that say when access ends, and go on saying so because nothing else was
///   asked for
/// @param renewed entries that have ended, and will have no end
public record Remarks(
    List<Doubt> doubts, List<Principal> unchanged, List<PlanEntry> kept, List<PlanEntry> renewed) {
  /// Nothing worth a word.
  public static final Remarks NONE = new Remarks(List.of(), List.of(), List.of(), List.of());

  public Remarks {
    doubts = List.copyOf(doubts);
    unchanged = List.copyOf(unchanged);
    kept = List.copyOf(kept);
    renewed = List.copyOf(renewed);
  }
}
