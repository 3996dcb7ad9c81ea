package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.report.CallerReport;
import dev.kleos.iam.report.EditReport;
import dev.kleos.iam.report.HistoryReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.UndoJson;
import dev.kleos.iam.report.UndoReport;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Previewed;
import dev.kleos.iam.workflow.UndoPreview;
import dev.kleos.iam.workflow.UndoneEdits;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// One run of `undo`.
record Undo(Session session, Overrides overrides, boolean yes) {
  /// Shows, asks, and takes back.
  ///
  /// @param number the run; null for the last one that can be undone
  /// @return the exit code
  int run(@Nullable Integer number) throws InterruptedException {
    var undone = chosen(number);
    try (var progress = session.progress();
        var interruption = new Interruption(session, progress)) {
      var recording = Recording.of(session, undone.number(), null);
      var dialogue =
          new ApplyDialogue(session, ApplyWords.UNDO, yes, progress, interruption, recording);
      dialogue.screen().ifPresent(screen -> heading(screen, undone));
      var undoing =
          new UndoPreview(session.cloud(), session.surroundings().clock(), progress)
              .run(undone, overrides);
      var applier = session.applier(progress, interruption.stop(), recording.journal());
      var files = UndoneEdits.of(undone.edits(), session.surroundings().directory());
      var result =
          Apply.run(undoing.previewed(), applier, new Asking(session, dialogue, undoing, files));
      var code = dialogue.conclude(result, new UndoJson(undone.number(), undoing.kept()));
      if (result instanceof Apply.InSync) {
        StateFolder.runs(session.surroundings()).settleUndoingsOf(undone.number());
        return files.edits().isEmpty() ? code : withoutAccess(dialogue, files, recording);
      }
      return result instanceof Apply.Done && code == ExitCode.DONE
          ? restored(files, recording)
          : code;
    }
  }

  /// Somebody has taken back the access already, and left the plan files as they were.
  private int withoutAccess(ApplyDialogue dialogue, UndoneEdits files, Recording recording) {
    var count = files.edits().size();
    return dialogue.isGiven(count + (count == 1 ? " plan file" : " plan files") + " to put back")
        ? restored(files, recording)
        : ExitCode.REFUSED;
  }

  /// The plan files last: access that no file has is shown by the next plan.
  private int restored(UndoneEdits files, Recording recording) {
    var writer = new PlanFileWriter(session.surroundings().directory());
    var code = ExitCode.DONE;
    var saved = new ArrayList<FileEdit>();
    for (var edit : files.edits()) {
      switch (writer.replace(edit.before(), edit.after())) {
        case PlanFileWriter.Result.Replaced() -> {
          saved.add(edit);
          tell("Put back: " + edit.file() + ".");
        }
        case PlanFileWriter.Result.Changed _ -> {
          session.err().line("NOT put back: " + edit.file() + " was changed meanwhile.");
          code = ExitCode.FAILED;
        }
        case PlanFileWriter.Result.Failed(var why) -> {
          session.err().line("NOT put back: " + why + ".");
          code = ExitCode.FAILED;
        }
      }
    }
    recording.saved(saved);
    return code;
  }

  private void tell(String line) {
    if (!session.isJson()) {
      session.out().line(line);
    }
  }

  private RecordedRun chosen(@Nullable Integer number) {
    var place =
        session
            .options()
            .clouds()
            .lastingPlace(session.surroundings())
            .orElseThrow(() ->
                new PlanUsageException(
                    "an emulator that is forgotten has no runs to undo; add --emulator-state"));
    var runs = StateFolder.runs(session.surroundings());
    var run = number == null ? last(runs, place) : named(runs, number);
    if (!run.header().place().equals(place)) {
      throw new PlanUsageException(
          "run " + run.number() + " was on " + run.header().place() + ", and this is " + place);
    }
    if (run.isRunning()) {
      throw new PlanUsageException(
          "run " + run.number() + " still goes on; stop it first, or wait for its end");
    }
    return run;
  }

  /// So that the same command again goes back one more.
  private static RecordedRun last(Runs runs, String place) {
    return runs.lastToUndo(place)
        .orElseThrow(
            () -> new PlanUsageException("there is no run on " + place + " that could be undone"));
  }

  private static RecordedRun named(Runs runs, int number) {
    return runs.run(number)
        .orElseThrow(() ->
            new PlanUsageException(
                "there is no run " + number + "; kleos-iam history lists those that there are"));
  }

  private void heading(Screen screen, RecordedRun run) {
    screen.line(
        Span.bold("Undo run " + run.number()),
        Span.of(" of " + HistoryReport.time(run.header().began()) + ": "),
        Span.bold("kleos-iam " + run.header().command()));
    var place = session.options().clouds().place(session.surroundings());
    screen.line("On " + place + CallerReport.words(session.cloud().caller()));
    screen.blank();
  }

  /// What is said of an undoing besides what would change.
  private record Asking(
      Session session, ApplyDialogue dialogue, UndoPreview.Undoing undoing, UndoneEdits files)
      implements Apply.Confirmation {
    @Override
    public void show(Previewed previewed) {
      dialogue.show(previewed);
      dialogue
          .screen()
          .ifPresent(screen -> {
            var report = new UndoReport(screen);
            report.kept(undoing.kept());
            new EditReport(screen).print(files.edits());
            report.edited(files.changed());
            report.against(previewed.changeSet(), session.plan().origins(), files.edits());
          });
    }

    @Override
    public boolean isGiven(Previewed previewed) {
      return dialogue.isGiven(previewed);
    }
  }
}
