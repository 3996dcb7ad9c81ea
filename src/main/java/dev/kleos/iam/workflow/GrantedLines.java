package dev.kleos.iam.workflow;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Substitution;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.PlanEditor;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFileWriter.Result;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the plan file say what Google made of a grant: whoever it refused has the line no more (or
/// the one from before), and whoever it holds under another name has that name in it, with the same
/// end and reason. A file that somebody has edited since stays as it is, and that is told.
///
/// @param before the files as they were before the lines were saved
/// @param saved what the file holds with the lines, by its name; of a file that stayed as it was
///   there is none
record GrantedLines(
    GrantRequest request,
    PlanFiles before,
    Map<String, PlanSource.Content> saved,
    PlanFileWriter writer,
    Instant now) {

  /// The lines of a grant that changed no file.
  static GrantedLines unsaved(
      GrantRequest request, PlanFiles files, PlanFileWriter writer, Instant now) {
    return new GrantedLines(request, files, Map.of(), writer, now);
  }

  /// The lines of a grant whose edit was saved.
  static GrantedLines of(
      GrantRequest request, PlanFiles files, FileEdit edit, PlanFileWriter writer, Instant now) {
    return new GrantedLines(
        request, files.with(edit.before()), Map.of(edit.file(), edit.after()), writer, now);
  }

  /// What becomes of each file that was saved, or has to say something else now.
  List<FileOutcome> settle(List<AppliedChange> applied) {
    var verdict = Verdict.on(applied);
    var settled = new Settling(verdict, before);
    try {
      settled.withdraw();
      settled.rename();
    } catch (UneditableException | PlanUsageException e) {
      return stale(String.valueOf(e.getMessage()));
    }
    var outcomes = new ArrayList<FileOutcome>();
    settled.contents().forEach((file, next) -> outcomes.add(outcome(file, next, settled)));
    return outcomes;
  }

  private List<FileOutcome> stale(String why) {
    return saved.keySet().stream()
        .<FileOutcome>map(file -> new FileOutcome.Stale(file, why))
        .toList();
  }

  private FileOutcome outcome(String file, PlanSource.Content next, Settling settled) {
    var was = before.content(file);
    var is = saved.getOrDefault(file, was);
    if (new FileEdit(is, next).isEmpty()) {
      return new FileOutcome.Saved(new FileEdit(was, is));
    }
    return switch (writer.replace(is, next)) {
      case Result.Replaced() ->
          new FileEdit(was, next).isEmpty()
              ? new FileOutcome.TakenBack(file)
              : new FileOutcome.Amended(
                  new FileEdit(was, next),
                  settled.files.compile(now).origins(),
                  settled.withdrawn,
                  settled.renamed);
      case Result.Failed(var why) -> new FileOutcome.Stale(file, why);
      case Result.Changed _ ->
          new FileOutcome.Stale(file, file + " was edited since; " + settled.advice() + " by hand");
    };
  }

  /// The files on their way to what they are to say.
  private final class Settling {
    private final Verdict verdict;
    private final List<Principal> withdrawn = new ArrayList<>();
    private final List<Substitution> renamed = new ArrayList<>();
    private PlanFiles files;

    Settling(Verdict verdict, PlanFiles before) {
      this.verdict = verdict;
      this.files = before;
    }

    /// The same grant once more, without those who were refused.
    void withdraw() {
      if (saved.isEmpty()) {
        return;
      }
      var others = request.without(verdict.refused());
      if (others.principals().size() == request.principals().size()) {
        saved.values().forEach(content -> files = files.with(content));
        return;
      }
      withdrawn.addAll(request.who());
      withdrawn.removeAll(others.who());
      if (!others.principals().isEmpty()) {
        GrantDraft.of(others, before, now)
            .edit()
            .ifPresent(edit -> files = files.with(edit.after()));
      }
    }

    /// Lines that stood there before count as well: they ask for somebody whom Google holds under
    /// another name.
    void rename() {
      if (!request.save()) {
        return;
      }
      for (var pair : verdict.renamed()) {
        var next = renamed(pair);
        if (next.compile(now).isValid()) {
          files = next;
          renamed.add(pair);
        }
      }
    }

    /// The files with the stored name; where it has a line of its own already, without the other.
    private PlanFiles renamed(Substitution pair) {
      var origins = files.compile(now).origins();
      var isThere =
          origins.entries(request.resource(), pair.stored()).stream()
              .anyMatch(entry -> !entry.inBinding());
      var next = files;
      for (var entry : origins.entries(request.resource(), pair.sent())) {
        var content = next.content(entry.origin().file());
        var project = origins.projects().getOrDefault(content.name(), "");
        next = next.with(renamed(pair, content, project, isThere));
      }
      return next;
    }

    private PlanSource.Content renamed(
        Substitution pair, PlanSource.Content content, String project, boolean isThere) {
      return isThere
          ? PlanEditor.remove(content, project, request.resource(), pair.sent())
          : PlanEditor.rename(
              content, project, request.resource(), pair.sent(), pair.stored().spelling());
    }

    /// What each file is to hold, of those that were saved or are to be.
    Map<String, PlanSource.Content> contents() {
      var contents = new LinkedHashMap<String, PlanSource.Content>();
      for (var source : before.sources()) {
        var next = files.content(source.name());
        if (saved.containsKey(source.name())
            || !new FileEdit(before.content(source.name()), next).isEmpty()) {
          contents.put(source.name(), next);
        }
      }
      return contents;
    }

    String advice() {
      var parts = new ArrayList<String>();
      withdrawn.forEach(who -> parts.add("take the line of " + who + " out"));
      renamed.forEach(pair -> parts.add("write " + pair.stored() + " for " + pair.sent()));
      return String.join(", ", parts);
    }
  }
}
