package dev.kleos.iam.workflow;

import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Remainder;
import java.util.List;

/// What a change of somebody's access would come to, in Google and in the plan files.
///
/// @param origins which line of the plan files, with the edits, asks for what
/// @param edits of plan files; a file that stays as it is has none
/// @param remainder what access would be left, where access is to end
public record Proposal(
    Previewed previewed,
    Origins origins,
    List<FileEdit> edits,
    Remarks remarks,
    Remainder remainder) {
  public Proposal {
    edits = List.copyOf(edits);
  }

  /// Whether neither Google nor a file would change.
  public boolean isEmpty() {
    return previewed.changeSet().isInSync() && edits.isEmpty();
  }
}
