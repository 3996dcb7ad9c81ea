package dev.kleos.iam.report;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.planner.Remainder.Left;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What access somebody has left after it was revoked.
public final class RemainderReport {
  private final Screen screen;
  private final boolean done;

  /// @param done whether it was revoked; otherwise this is what would be left
  public RemainderReport(Screen screen, boolean done) {
    this.screen = screen;
    this.done = done;
  }

  /// What is left, and what could not be looked at.
  ///
  /// @param who as a sentence names them
  public void print(String who, Remainder remainder, List<Failure> unseen) {
    left(who, remainder);
    for (var failure : unseen) {
      screen.line(
          new Span(Style.ALARM, "Not looked at: "),
          Span.bold(failure.resource()),
          Span.of(", which may hold more."));
      new FailureReport(screen).print(failure, "  ");
      screen.blank();
    }
    screen.line("Roles on folders and on the organization are not seen from here.");
  }

  /// What is left, as far as it could be looked at.
  public void left(String who, Remainder remainder) {
    if (remainder.own().isEmpty()) {
      screen.line(
          "No grant of "
              + who
              + (done ? " is" : " would be")
              + " left on the plan's resources and their project.");
    }
    table((done ? "Left to " : "Would be left to ") + who + ":", remainder.own());
    table("Left to others that may contain " + who + ":", remainder.through());
    screen.blank();
  }

  private void table(String heading, List<Left> left) {
    if (left.isEmpty()) {
      return;
    }
    screen.line(new Span(Style.ALARM, heading));
    var byResource = new LinkedHashMap<Resource, List<Grant>>();
    left.forEach(
        one -> byResource.computeIfAbsent(one.resource(), _ -> new ArrayList<>()).add(one.grant()));
    var grants = new GrantTable(screen, Origins.NONE, Wording.PREVIEW, false);
    byResource.forEach((resource, ofResource) -> {
      screen.line("  " + Phrases.name(resource));
      grants.print(resource, GrantRow.ofUnmanaged(ofResource, _ -> false));
    });
  }
}
