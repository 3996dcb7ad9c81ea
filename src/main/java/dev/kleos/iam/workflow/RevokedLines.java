package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEditor;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFileWriter.Result;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Takes principals' entries out of plan files.
///
/// @param scope the resources whose entries go
record RevokedLines(Set<Principal> principals, Predicate<Resource> scope) {
  private static final int MOST_TRIES = 20;

  /// The edit of each file that has such entries.
  ///
  /// @throws UneditableException where a file resists
  List<FileEdit> edits(PlanFiles files, Instant now) {
    var origins = files.compile(now).origins();
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
  Optional<FileOutcome> save(PlanFiles files, String file, PlanFileWriter writer, Instant now) {
    var current = files;
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      FileEdit edit;
      try {
        var plan = current.compile(now);
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
          return Optional.of(new FileOutcome.Saved(edit));
        }
        case Result.Failed(var why) -> {
          return stale(file, why);
        }
        case Result.Changed(var changed) -> current = current.with(changed);
      }
    }
    return stale(file, "others keep saving " + file + ": take the line out by hand");
  }

  private static Optional<FileOutcome> stale(String file, String why) {
    return Optional.of(new FileOutcome.Stale(file, why));
  }

  private FileEdit edit(PlanFiles files, String file, Origins origins) {
    var named = new LinkedHashMap<Resource, Set<Principal>>();
    for (var entry : origins.entries()) {
      if (entry.origin().file().equals(file)
          && principals.contains(entry.principal())
          && scope.test(entry.resource())) {
        named.computeIfAbsent(entry.resource(), _ -> new LinkedHashSet<>()).add(entry.principal());
      }
    }
    var before = files.content(file);
    var after = before;
    var project = origins.projects().getOrDefault(file, "");
    for (var resource : named.entrySet()) {
      for (var principal : resource.getValue()) {
        after = PlanEditor.remove(after, project, resource.getKey(), principal);
      }
    }
    return new FileEdit(before, after);
  }
}
