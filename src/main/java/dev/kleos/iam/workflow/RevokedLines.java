package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEditor;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFileWriter.Result;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes principals' entries out of plan files: those that somebody has seen and approved.
///
/// @param approved the entries that go, wherever in their files they stand by now
/// @param before every entry there was when it was asked
record RevokedLines(List<PlanEntry> approved, List<PlanEntry> before) {
  /// The edit of each file that has such entries.
  ///
  /// @throws UneditableException where a file resists
  List<FileEdit> edits(PlanFiles files, Origins origins) {
    var edits = new ArrayList<FileEdit>();
    for (var file : origins.projects().keySet()) {
      var edit = edit(files, file, origins);
      if (!edit.isEmpty()) {
        edits.add(edit);
      }
    }
    return edits;
  }

  /// Saves the edit of one file; where somebody saved it in between, the same edit of what they
  /// saved. Empty where the file has no such entry.
  Optional<FileOutcome> save(PlanFiles files, String file, PlanFileWriter writer, Instant now)
      throws InterruptedException {
    var current = files;
    for (var tries = 0; tries < FileRivals.MOST_TRIES; tries++) {
      CompiledPlan plan;
      FileEdit edit;
      try {
        plan = current.compile(now);
        if (!plan.isValid()) {
          return stale(file, file + " is not valid any more: take the line out by hand");
        }
        edit = edit(current, file, plan.origins());
      } catch (UneditableException | PlanUsageException e) {
        return stale(file, String.valueOf(e.getMessage()));
      }
      if (edit.isEmpty()) {
        return Optional.empty();
      }
      switch (writer.replace(edit.before(), edit.after())) {
        case Result.Replaced() -> {
          var late = late(plan.origins(), file);
          return late.isPresent() ? late : Optional.of(new FileOutcome.Saved(edit));
        }
        case Result.Failed(var why) -> {
          return stale(file, why);
        }
        case Result.Changed(var changed) -> {
          FileRivals.pause();
          current = current.with(changed);
        }
      }
    }
    return stale(file, "others keep saving " + file + ": take the line out by hand");
  }

  /// A line for one of the same principals that was not there when it was asked.
  private Optional<FileOutcome> late(Origins origins, String file) {
    var principals = approved.stream().map(PlanEntry::principal).collect(toUnmodifiableSet());
    var known = before.stream().map(RevokedLines::key).collect(toUnmodifiableSet());
    return origins.entries().stream()
        .filter(entry -> entry.origin().file().equals(file))
        .filter(entry -> principals.contains(entry.principal()) && !known.contains(key(entry)))
        .findFirst()
        .flatMap(entry ->
            stale(
                file,
                file
                    + " names "
                    + entry.principal()
                    + " elsewhere since it was asked: run the same command again"));
  }

  private static Map.Entry<Resource, Principal> key(PlanEntry entry) {
    return Map.entry(entry.resource(), entry.principal());
  }

  private static Optional<FileOutcome> stale(String file, String why) {
    return Optional.of(new FileOutcome.Stale(file, why));
  }

  private FileEdit edit(PlanFiles files, String file, Origins origins) {
    var before = files.content(file);
    var after = before;
    var project = origins.projects().getOrDefault(file, "");
    for (var entry : approved) {
      var isThere =
          origins.entries(entry.resource(), entry.principal()).stream()
              .anyMatch(found -> found.origin().file().equals(file));
      if (entry.origin().file().equals(file) && isThere) {
        after = PlanEditor.remove(after, project, entry.resource(), entry.principal());
      }
    }
    return new FileEdit(before, after);
  }
}
