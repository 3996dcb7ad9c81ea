package dev.kleos.iam.workflow;

import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planner.Doubt;
import java.util.List;

/// What a change of somebody's access would come to, in Google and in the plan files.
///
/// @param origins which line of the plan files, with the edits, asks for what
/// @param edits of plan files; a file that stays as it is has none
/// @param doubts what speaks for a slip of the fingers
/// @param kept entries that say when access ends, and go on saying so because nothing else was
///   asked for
public record Proposal(
    Previewed previewed,
    Origins origins,
    List<FileEdit> edits,
    List<Doubt> doubts,
    List<PlanEntry> kept) {
  public Proposal {
    edits = List.copyOf(edits);
    doubts = List.copyOf(doubts);
    kept = List.copyOf(kept);
  }

  /// Whether neither Google nor a file would change.
  public boolean isEmpty() {
    return previewed.changeSet().isInSync() && edits.isEmpty();
  }
}
