package dev.kleos.iam.cli;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedChanges.PlanFile;
import dev.kleos.iam.record.SavedChanges.Since;
import dev.kleos.iam.record.SavedFile;
import dev.kleos.iam.report.Escape;
import dev.kleos.iam.report.HistoryReport;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.SavedJson;
import dev.kleos.iam.report.SavedReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Previewed;
import dev.kleos.iam.workflow.Recheck;
import dev.kleos.iam.workflow.Recheck.Rechecked;
import dev.kleos.iam.workflow.SavedPlans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `apply --from FILE`: applies what was saved, and nothing else.
final class SavedApply {
  private final Surroundings surroundings;
  private final RunOptions options;
  private final ChangeOptions changes;
  private final boolean yes;
  private final Path file;

  SavedApply(
      Surroundings surroundings,
      RunOptions options,
      ChangeOptions changes,
      boolean yes,
      Path file) {
    this.surroundings = surroundings;
    this.options = options;
    this.changes = changes;
    this.yes = yes;
    this.file = file;
  }

  /// @param plans plan files on the command line, where there should be none
  int run(List<String> plans) throws InterruptedException {
    var plan = plans.stream().findFirst().or(() -> options.plans().option());
    if (plan.isPresent()) {
      throw new PlanUsageException(
          "--from applies what was saved, whatever plan files say by now: leave out " + plan.get());
    }
    var pruning = changes.pruningOption();
    if (pruning.isPresent()) {
      throw new PlanUsageException(
          "--from applies what was saved, and nothing more: leave out "
              + pruning.get()
              + ", or save the changes anew with kleos-iam plan --out "
              + CommandText.quoted(file.toString())
              + " "
              + pruning.get());
    }
    return new SavedArgument(surroundings, options.output(), "apply", file).run(this::apply);
  }

  private int apply(SavedFile.Read read) throws InterruptedException {
    var header = read.changes().header();
    var project = options.plans().project();
    if (project != null && !header.projects().equals(List.of(project))) {
      throw new PlanUsageException(
          "\""
              + file
              + "\" is of project "
              + String.join(", ", header.projects())
              + ", not of "
              + project);
    }
    var place = SavedUses.place(options.clouds(), surroundings);
    if (!place.equals(header.place())) {
      var why = "it was planned on " + header.place() + ", and this is " + place;
      return refused(header, "REFUSED", why, ExitCode.REFUSED);
    }
    var files = SavedPlans.compared(read.changes(), surroundings.directory());
    var stale = stale(header, files);
    if (stale.isPresent()) {
      return refused(header, "STALE", stale.get(), ExitCode.CONFLICT);
    }
    var uses = SavedUses.of(surroundings, read.sha256());
    var use = uses.obstacle();
    if (use.isPresent()) {
      return refused(header, "STALE", use.get(), ExitCode.CONFLICT);
    }
    return options.runAgain(
        surroundings,
        SavedPlans.plan(read.changes()),
        session -> apply(session, read, files, uses));
  }

  /// Why they are too old, as far as that can be told without asking Google.
  private Optional<String> stale(SavedChanges.Header header, Map<PlanFile, Since> files) {
    if (header.hasExpired(surroundings.clock().instant())) {
      return Optional.of("it expired at " + HistoryReport.time(header.expires()));
    }
    var changed = new ArrayList<String>();
    files.forEach((planFile, since) -> {
      if (since == Since.CHANGED) {
        changed.add(planFile.name());
      }
    });
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", changed)
                + (changed.size() == 1 ? " has" : " have")
                + " changed since it was planned");
  }

  /// Tells why nothing is asked for and nothing written.
  private int refused(SavedChanges.Header header, String code, String why, int exitCode) {
    if (options.output().isJson()) {
      var failure = Failure.of(code, "", file + ": " + why + ".", "Plan it again.");
      JsonReport.ofFailure("apply", List.of(), failure).print(surroundings.out());
      return exitCode;
    }
    var out = options.output().out(surroundings);
    var isStale = exitCode == ExitCode.CONFLICT;
    out.line(
        new Span(Style.ALARM, isStale ? "Stale: " : "Refused: "),
        Span.of(Escape.brief(why) + ". Nothing was written."));
    if (isStale) {
      var before = options.clouds().before(surroundings);
      out.line("Next: " + new PlanAgain(before, header).with(List.of()));
    }
    return exitCode;
  }

  private int apply(
      Session session, SavedFile.Read read, Map<PlanFile, Since> files, SavedUses uses)
      throws InterruptedException {
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var header = read.changes().header();
      var again = new PlanAgain(session, header);
      var recording = Recording.of(session, 0, read.sha256());
      var dialogue =
          new ApplyDialogue(session, ApplyWords.SAVED, yes, progress, interruption, recording);
      dialogue.open();
      var report = dialogue.screen().map(SavedReport::new);
      report.ifPresent(it -> it.origin(header, files));
      var rechecked = recheck(session, read.changes(), uses);
      report.ifPresent(it -> it.besides(rechecked.rebased()));
      var now = surroundings.clock().instant();
      var became = Optional.of(rechecked.rebased());
      var details = new SavedJson(file.toString(), read.sha256(), header, files, became, now);
      if (!rechecked.rebased().moved().isEmpty()) {
        return moved(session, rechecked, details, again);
      }
      var applier = session.applier(progress, interruption.stop(), recording.journal());
      var asking = new Asking(dialogue, again);
      return dialogue.conclude(Apply.run(rechecked.previewed(), applier, asking), details);
    }
  }

  private Rechecked recheck(Session session, SavedChanges saved, SavedUses uses)
      throws InterruptedException {
    try (var progress = session.progress()) {
      return new Recheck(session.cloud(), surroundings.clock(), progress)
          .run(
              session.plan().desired(),
              saved.changeSet(),
              uses.created(),
              changes.overrides(SavedPlans.overrides(saved.header().said())));
    }
  }

  private static int moved(
      Session session, Rechecked rechecked, SavedJson details, PlanAgain again) {
    var moved = rechecked.rebased().moved();
    if (session.isJson()) {
      session.json(
          rechecked.previewed(),
          List.of(),
          session.plan().origins(),
          details,
          SavedJson.stale(moved));
    } else {
      new SavedReport(session.out()).moved(moved);
      session.sum(session.out(), "Stale: nothing was written.", again.with(List.of()));
    }
    return ExitCode.CONFLICT;
  }

  /// Shows what is left, and asks.
  private record Asking(ApplyDialogue dialogue, PlanAgain again) implements Apply.Confirmation {
    @Override
    public void show(Previewed previewed) {
      dialogue.show(previewed, again::with);
    }

    @Override
    public boolean isGiven(Previewed previewed) {
      return dialogue.isGiven(previewed);
    }
  }
}
