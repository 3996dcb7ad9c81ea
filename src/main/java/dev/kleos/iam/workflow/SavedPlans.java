package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.Origin;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.RemovalLimit;
import dev.kleos.iam.record.PlanLine;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Said;
import dev.kleos.iam.record.SavedChanges.Since;
import dev.kleos.iam.record.SavedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What plan files and a command line say, in the form in which it is saved; and back, so that
/// whoever has no plan file can show and guard saved changes as whoever planned them.
public final class SavedPlans {
  private SavedPlans() {}

  /// The plan files that were read.
  public static List<PlanFile> files(PlanFiles files, Origins origins) {
    var saved = new ArrayList<PlanFile>();
    for (var source : files.sources()) {
      if (source instanceof PlanSource.Content content) {
        var project = origins.projects().getOrDefault(content.name(), "");
        saved.add(new PlanFile(content.name(), project, SavedFile.digest(content.bytes())));
      }
    }
    return saved;
  }

  /// Where each role of each principal is asked for.
  public static Map<Resource, Map<Grant.Assignment, PlanLine>> lines(Origins origins) {
    var lines = new HashMap<Resource, Map<Grant.Assignment, PlanLine>>();
    origins
        .assignments()
        .forEach((resource, assignments) -> {
          var ofResource = new HashMap<Grant.Assignment, PlanLine>();
          assignments.forEach((assignment, at) ->
              ofResource.put(
                  assignment, new PlanLine(at.file(), at.line(), at.column(), at.reason())));
          lines.put(resource, ofResource);
        });
    return lines;
  }

  /// What was said aloud.
  public static Said said(Overrides overrides) {
    var limit = overrides.limit();
    return new Said(
        limit.percent(),
        limit.fewest(),
        limit.count(),
        overrides.consents().stream().sorted().map(Consent::spelling).toList());
  }

  /// What was said aloud then. What this version does not know allows nothing.
  public static Overrides overrides(Said said) {
    var consents = EnumSet.noneOf(Consent.class);
    said.consents().forEach(text -> Consent.spelled(text).ifPresent(consents::add));
    return new Overrides(new RemovalLimit(said.percent(), said.fewest(), said.count()), consents);
  }

  /// The plan as it was read then.
  public static CompiledPlan plan(SavedChanges saved) {
    return new CompiledPlan(saved.desired(), origins(saved), List.of());
  }

  /// How the plan files that are here compare with those that were read then.
  public static Map<PlanFile, Since> compared(SavedChanges saved, Path directory) {
    var compared = new LinkedHashMap<PlanFile, Since>();
    for (var file : saved.header().planFiles()) {
      var since =
          PlanSources.again(directory, file.name())
              .map(it -> SavedFile.digest(it.bytes()).equals(file.sha256()))
              .map(isSame -> isSame ? Since.SAME : Since.CHANGED)
              .orElse(Since.ABSENT);
      compared.put(file, since);
    }
    return compared;
  }

  private static Origins origins(SavedChanges saved) {
    var projects = new LinkedHashMap<String, String>();
    saved.header().planFiles().forEach(file -> projects.put(file.name(), file.project()));
    var assignments = new HashMap<Resource, Map<Grant.Assignment, Origin>>();
    var entries = new ArrayList<PlanEntry>();
    saved
        .lines()
        .forEach((resource, lines) -> {
          var ofResource = new HashMap<Grant.Assignment, Origin>();
          lines.forEach((assignment, line) -> {
            var at = new Origin(line.file(), line.line(), line.column(), line.reason());
            ofResource.put(assignment, at);
            entries.add(new PlanEntry(resource, assignment.principal(), null, false, at));
          });
          assignments.put(resource, ofResource);
        });
    return new Origins(projects, List.of(), assignments, entries);
  }
}
