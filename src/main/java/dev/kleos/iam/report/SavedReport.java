package dev.kleos.iam.report;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Move;
import dev.kleos.iam.planner.Rebased;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Since;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Saved changes for people: where they come from, and what has become of what they are about.
public final class SavedReport {
  private static final int MOST_NAMED = 10;

  private final Screen screen;

  public SavedReport(Screen screen) {
    this.screen = screen;
  }

  /// What they are about.
  public void heading(SavedChanges.Header header) {
    screen.line(Span.bold(projects(header)), Span.of(" on " + Escape.brief(header.place())));
    screen.blank();
  }

  /// When and by whom they were planned, until when they hold, and how the plan files that are here
  /// compare with those that were planned from; what is as it was is not spoken of.
  public void origin(SavedChanges.Header header, Map<PlanFile, Since> files) {
    screen.line(
        "Planned at "
            + HistoryReport.time(header.planned())
            + (header.caller().isEmpty() ? "" : " by " + Escape.brief(header.caller()))
            + ", to be applied before "
            + HistoryReport.time(header.expires()));
    for (var file : files.entrySet()) {
      var name = Escape.brief(file.getKey().name());
      switch (file.getValue()) {
        case SAME -> {}
        case CHANGED ->
            screen.line(new Span(Style.ALARM, name + " has CHANGED since it was planned from"));
        case ABSENT -> screen.line(name + " is not here to be compared");
      }
    }
    screen.blank();
  }

  /// What is as the changes would leave it, and where policies moved in what no change is about.
  public void besides(Rebased rebased) {
    var any = !rebased.inEffect().isEmpty() || !rebased.elsewhere().isEmpty();
    for (var change : rebased.inEffect()) {
      screen.line(
          Span.bold("Already in effect: "),
          Span.of(Phrases.name(change.resource()) + "  " + done(change)));
    }
    for (var elsewhere : rebased.elsewhere()) {
      var since = elsewhere.since();
      var parts = new ArrayList<String>();
      Summary.add(parts, since.added().size(), "grant more", "grants more");
      Summary.add(parts, since.removed().size(), "grant less", "grants less");
      screen.line(
          Span.bold("Moved elsewhere since, and kept so: "),
          Span.of(
              Phrases.name(elsewhere.resource())
                  + (parts.isEmpty() ? "" : "  " + String.join(", ", parts))));
    }
    if (any) {
      screen.blank();
    }
  }

  /// What moved, so that the changes no longer mean what was shown.
  public void moved(List<Move> moved) {
    screen.line(new Span(Style.ALARM, "Moved since it was planned, so nothing is written:"));
    var byResource = new LinkedHashMap<Resource, List<Move>>();
    moved.forEach(
        move -> byResource.computeIfAbsent(move.resource(), _ -> new ArrayList<>()).add(move));
    byResource.forEach((resource, moves) -> {
      screen.line(Span.of("  "), Span.bold(Phrases.name(resource)));
      moves.forEach(move -> screen.line("    " + words(move)));
    });
    screen.blank();
  }

  /// What moved, in a few words.
  static String words(Move move) {
    return switch (move) {
      case Move.Access(_, var assignment, var before, var now) ->
          Escape.brief(assignment.principal().spelling())
              + ", "
              + Escape.brief(assignment.role().name())
              + ": "
              + held(before)
              + " → "
              + held(now);
      case Move.Text(_, var what, var before, var now) ->
          what + ": \"" + Escape.brief(before) + "\" → \"" + Escape.brief(now) + '"';
      case Move.Appeared _ -> "was to be created, and is there by now";
      case Move.Gone _ -> "is not there any more";
      case Move.Recreated _ -> "was deleted and created anew";
    };
  }

  private static String held(List<Grant> grants) {
    return grants.isEmpty()
        ? "not held"
        : grants.stream()
            .sorted()
            .map(grant -> Phrases.whenOrAlways(grant.condition()))
            .collect(joining(" and "));
  }

  private static String done(Change change) {
    return switch (change) {
      case Change.CreateServiceAccount _ -> "is created";
      case Change.UpdateServiceAccount _ -> "reads so";
      case Change.ModifyPolicy(_, _, var diff) -> {
        var parts = new ArrayList<String>();
        Summary.add(parts, diff.added().size(), "grant there", "grants there");
        Summary.add(parts, diff.removed().size(), "grant gone", "grants gone");
        yield String.join(", ", parts) + ": " + named(diff);
      }
    };
  }

  private static String named(GrantDiff diff) {
    var names =
        Stream.concat(diff.added().stream(), diff.removed().stream())
            .map(grant -> Escape.brief(grant.principal().spelling()))
            .distinct()
            .toList();
    var first = names.stream().limit(MOST_NAMED).collect(joining(", "));
    return names.size() <= MOST_NAMED
        ? first
        : first + " and " + Phrases.number(names.size() - MOST_NAMED) + " more";
  }

  private static String projects(SavedChanges.Header header) {
    var projects = header.projects();
    return (projects.size() == 1 ? "Project " : "Projects ")
        + Escape.brief(String.join(", ", projects));
  }
}
