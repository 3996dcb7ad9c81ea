package dev.kleos.iam.report;

import static java.util.Comparator.comparing;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Reversal.Kept;
import java.util.List;
import java.util.TreeMap;

/// What only `undo` has to say besides what would change.
public record UndoReport(Screen screen) {
  /// What stays as it is, and why.
  public void kept(List<Kept> kept) {
    for (var why : Kept.Why.values()) {
      var about = kept.stream().filter(it -> it.why() == why).toList();
      if (!about.isEmpty()) {
        screen.line(Span.bold(heading(why)));
        for (var each : about) {
          var assignment = each.assignment();
          screen.line(
              "  "
                  + Phrases.name(each.resource())
                  + (assignment == null
                      ? ""
                      : ": "
                          + assignment.role()
                          + " of "
                          + Escape.brief(assignment.principal().spelling())));
        }
        screen.blank();
      }
    }
  }

  /// Plan files that the run saved, and that somebody has edited since.
  public void edited(List<String> files) {
    if (!files.isEmpty()) {
      screen.line(Span.bold("Edited since, and stays as it is now:"));
      files.forEach(file -> screen.line("  " + Escape.brief(file)));
      screen.blank();
    }
  }

  /// Which lines of the plan ask for what is taken away: the next apply would give it again.
  ///
  /// @param restored edits that are taken back as well
  public void against(ChangeSet changeSet, Origins origins, List<FileEdit> restored) {
    var files = restored.stream().map(FileEdit::file).toList();
    var lines = new TreeMap<Origin, Grant>(comparing(Origin::file).thenComparingInt(Origin::line));
    for (var change : changeSet.changes()) {
      if (change instanceof ModifyPolicy(var resource, _, var diff)) {
        for (var grant : diff.removed()) {
          origins
              .of(resource, grant.assignment())
              .filter(origin -> !files.contains(origin.file()))
              .ifPresent(origin -> lines.put(origin, grant));
        }
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    screen.line(
        new Span(Style.ALARM, "The plan still asks for it"),
        Span.of(", and the next apply gives it again: edit these lines, or kleos-iam revoke."));
    lines.forEach((origin, grant) ->
        screen.line("  " + place(origin) + "  " + Escape.brief(grant.principal().spelling())));
    screen.blank();
  }

  private static String place(Origin origin) {
    return origin.file() + ":" + origin.line();
  }

  private static String heading(Kept.Why why) {
    return switch (why) {
      case CHANGED_SINCE -> "Changed since by somebody else, and stays as it is now:";
      case GONE -> "Not there any more:";
      case ACCOUNTS_STAY -> "Created then, and stays (accounts are never deleted):";
    };
  }
}
