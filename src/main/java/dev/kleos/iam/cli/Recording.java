package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.record.RecordedEdit;
import dev.kleos.iam.record.RunHeader;
import dev.kleos.iam.record.RunJournal;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.report.JsonDetails;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command writes down while it changes something, and what it says of that. An emulator
/// that is forgotten with the command is not worth it.
record Recording(Session session, Optional<RunJournal> run) {
  /// For a command that changes something of its own accord.
  static Recording of(Session session) {
    return of(session, 0, null);
  }

  /// @param undoes the run that is undone; 0 for none
  /// @param savedChanges the SHA-256 of the saved changes that are applied; null for none
  static Recording of(Session session, int undoes, @Nullable String savedChanges) {
    var surroundings = session.surroundings();
    var clock = surroundings.clock();
    return new Recording(
        session,
        session
            .options()
            .clouds()
            .lastingPlace(surroundings)
            .map(place ->
                new RunHeader(
                    clock.instant(),
                    CommandText.typed(session.options().spec()),
                    place,
                    session.cloud().caller().email().orElse(""),
                    Version.number(),
                    undoes,
                    savedChanges))
            .map(header -> StateFolder.runs(surroundings).journal(header, clock)));
  }

  /// For whoever writes.
  Journal journal() {
    return run.<Journal>map(it -> it).orElse(Journal.NONE);
  }

  /// Plan files were saved.
  void saved(List<FileEdit> edits) {
    var directory = session.surroundings().directory().toAbsolutePath();
    run.ifPresent(it ->
        it.saved(
            edits.stream()
                .map(edit ->
                    new RecordedEdit(
                        directory.resolve(edit.file()).normalize().toString(),
                        new String(edit.before().bytes(), UTF_8),
                        new String(edit.after().bytes(), UTF_8)))
                .toList()));
  }

  /// The same of `grant` and `revoke`.
  void saved(AccessChange change) {
    if (change instanceof AccessChange.Done done) {
      var edits = new ArrayList<FileEdit>();
      for (var file : done.files()) {
        switch (file) {
          case FileOutcome.Saved(var edit) -> edits.add(edit);
          case FileOutcome.Amended amended -> edits.add(amended.edit());
          case FileOutcome.TakenBack _, FileOutcome.Stale _ -> {}
        }
      }
      saved(edits);
    }
  }

  /// How to take back what was done; empty where nothing was written down.
  Optional<String> undo() {
    return run.flatMap(RunJournal::number)
        .map(number -> "To undo it: " + session.undoCommand(number));
  }

  /// The number of the run, for a program, besides what else it is told.
  JsonDetails with(JsonDetails details) {
    return (json, grants) -> {
      details.write(json, grants);
      var number = run.flatMap(RunJournal::number);
      if (number.isPresent()) {
        json.name("run").value(number.get());
      }
    };
  }

  /// Says what could not be written down.
  void tellLosses() {
    var lost = run.map(RunJournal::lost).orElse(0);
    if (lost > 0) {
      session
          .err()
          .line(
              new Span(Style.ALARM, "Not all of it is in the journal: "),
              Span.of(
                  lost
                      + (lost == 1 ? " entry" : " entries")
                      + " could not be written down, and of what they are about kleos-iam history"
                      + " says that it is not known, or was interrupted. Is the disk full?"));
    }
  }

  /// Says of the last run of the same place and projects that nobody knows how it ended, if that is
  /// so. What a journal cannot tell, it cannot tell.
  static void tellOfInterrupted(Session session, Screen screen) {
    interrupted(session)
        .ifPresent(run -> {
          screen.line(
              new Span(Style.ALARM, "Run " + run.number() + " was interrupted: "),
              Span.of(
                  "kleos-iam "
                      + run.command()
                      + ". What it did: kleos-iam history "
                      + run.number()));
          screen.blank();
        });
  }

  /// All that the plan asks for is in place, so that it does not matter any more how the last run
  /// ended.
  static void settle(Session session) {
    interrupted(session)
        .ifPresent(run -> StateFolder.runs(session.surroundings()).settle(run.number()));
  }

  private static Optional<Runs.Interrupted> interrupted(Session session) {
    var surroundings = session.surroundings();
    var projects = session.plan().origins().projects().values();
    return session
        .options()
        .clouds()
        .lastingPlace(surroundings)
        .flatMap(place -> StateFolder.runs(surroundings).interrupted(place, projects));
  }
}
