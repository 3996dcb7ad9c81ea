package dev.kleos.iam.record;

import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.disk.DiskFailure;
import dev.kleos.iam.model.Change;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The runs that the journal has, in the user's state folder: a folder each, by number.
public final class Runs {
  static final String RUN = "run.json";
  static final String HOLD = "running";
  static final String EDITS = "edits.json";
  static final String SETTLED = "settled";

  private static final int MOST_LOOKED_AT = 20;

  private static final Pattern FOLDER = Pattern.compile("\\d{6,9}");

  private final Disk disk;
  private final Path folder;

  /// @param state the program's folder in the user's state folder; it need not be there
  public Runs(Disk disk, Path state) {
    this.disk = disk;
    this.folder = state.resolve("runs");
  }

  /// A journal for a run that may come.
  public RunJournal journal(RunHeader header, InstantSource clock) {
    return new RunJournal(disk, this, header, clock);
  }

  /// Why no run could be written down here, to be told before anybody is asked anything; empty
  /// where nothing speaks against it.
  public Optional<String> obstacle() {
    var trial = folder.resolve(".writable");
    try {
      disk.makeFolders(folder);
      disk.write(trial, new byte[0]);
      return Optional.empty();
    } catch (IOException e) {
      if (e instanceof FileAlreadyExistsException exists
          && trial.toString().equals(exists.getFile())) {
        return Optional.empty(); // another process has tried the same at this moment
      }
      return Optional.of(why(e));
    }
  }

  /// The numbers of the runs, the newest first.
  ///
  /// @throws DocumentException where the folder cannot be read
  public List<Integer> numbers() {
    return reading(
        folder,
        () -> {
          var numbers = new ArrayList<Integer>();
          for (var name : disk.names(folder)) {
            if (FOLDER.matcher(name).matches()) {
              numbers.add(Integer.valueOf(name));
            }
          }
          return numbers.reversed();
        });
  }

  /// A run; empty where there is none of that number.
  ///
  /// @throws DocumentException where it cannot be read, or is damaged
  public Optional<RecordedRun> run(int number) {
    var run = folder.resolve(name(number));
    return reading(run.resolve(RUN), () -> disk.read(run.resolve(RUN)).map(RunForm::run))
        .map(about -> recorded(number, run, about));
  }

  /// From now on nobody needs to be told any more that the run was interrupted: all that was asked
  /// for is in place. What cannot be written down is told once more.
  public void settle(int number) {
    try {
      disk.write(folder.resolve(name(number), SETTLED), new byte[0]);
    } catch (IOException e) {
      return;
    }
  }

  /// Whether that is so.
  public boolean isSettled(int number) {
    return reading(folder, () -> disk.read(folder.resolve(name(number), SETTLED))).isPresent();
  }

  /// The newest run of a place and of any of some projects, where its process is gone, it has not
  /// told the end, and that is not settled. It is looked for among the newest few; those that are
  /// damaged are passed over, and what cannot be read at all has none. Every command asks for it,
  /// so no more is read than what each run is about.
  public Optional<Interrupted> interrupted(String place, Collection<String> projects) {
    try {
      for (var number : numbers().stream().limit(MOST_LOOKED_AT).toList()) {
        var about = about(number).filter(it -> it.isOf(place, projects));
        if (about.isPresent()) {
          return about
              .filter(it -> it.ended() == null && !isRunning(number) && !isSettled(number))
              .map(it -> new Interrupted(number, it.header().command()));
        }
      }
      return Optional.empty();
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  /// A run of which nobody knows how it ended.
  ///
  /// @param command what was typed, without the program's name
  public record Interrupted(int number, String command) {}

  private Optional<RunForm.Run> about(int number) {
    try {
      var run = folder.resolve(name(number), RUN);
      return reading(run, () -> disk.read(run).map(RunForm::run));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  private boolean isRunning(int number) {
    var run = folder.resolve(name(number));
    return reading(run, () -> disk.isHeld(run.resolve(HOLD)));
  }

  /// The newest run of a place that may have changed something, and is neither an undoing nor taken
  /// back. An undoing that failed, was stopped or interrupted, or that was taken back itself, has
  /// taken nothing back: the run that it was for is the newest still.
  ///
  /// @throws DocumentException where one on the way cannot be read, or is damaged: it might be it
  public Optional<RecordedRun> lastToUndo(String place) {
    var undone = new HashSet<Integer>();
    for (var number : numbers()) {
      var run = run(number).filter(it -> it.header().place().equals(place)).orElse(null);
      if (run == null || undone.contains(number)) {
        continue;
      }
      if (run.header().undoes() == 0) {
        if (run.mayHaveWritten()) {
          return Optional.of(run);
        }
      } else if (run.isDone() || isSettled(number)) {
        undone.add(run.header().undoes());
      }
    }
    return Optional.empty();
  }

  /// Nothing is left of a run: undoings of it that did not come to their end have nothing left to
  /// do.
  public void settleUndoingsOf(int undone) {
    try {
      for (var number : numbers()) {
        if (number > undone
            && readable(number).filter(it -> it.header().undoes() == undone).isPresent()) {
          settle(number);
        }
      }
    } catch (DocumentException e) {
      return;
    }
  }

  /// The runs of saved changes, the newest first. Those that are damaged are passed over, and what
  /// cannot be read at all has none: that nothing is written twice, live state says as well.
  ///
  /// @param sha256 of the content of the saved changes
  public List<RecordedRun> ofSavedChanges(String sha256) {
    try {
      return numbers().stream()
          .filter(number -> isOf(number, sha256))
          .flatMap(number -> readable(number).stream())
          .toList();
    } catch (DocumentException e) {
      return List.of();
    }
  }

  private boolean isOf(int number, String sha256) {
    return about(number).filter(run -> sha256.equals(run.header().savedChanges())).isPresent();
  }

  private Optional<RecordedRun> readable(int number) {
    try {
      return run(number);
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  private RecordedRun recorded(int number, Path run, RunForm.Run about) {
    // Asked first: a run that ends meanwhile has all its steps by then.
    var isRunning = isRunning(number);
    var steps = new ArrayList<RecordedStep>();
    for (var change : about.approved()) {
      steps.add(step(run.resolve(step(steps.size() + 1)), change));
    }
    var ended = Optional.ofNullable(about.ended());
    var file = run.resolve(EDITS);
    var edits = reading(file, () -> disk.read(file).map(RunForm::edits)).orElse(List.of());
    return new RecordedRun(
        number, about.header(), ended, isRunning && ended.isEmpty(), steps, edits);
  }

  private RecordedStep step(Path file, Change approved) {
    return reading(
        file,
        () -> {
          var found = disk.read(file).map(RunForm::step);
          var step =
              new RecordedStep(
                  approved,
                  found.flatMap(RunForm.Step::intent),
                  found.flatMap(RunForm.Step::outcome));
          if (!step.isCoherent()) {
            throw new DocumentException("it is about another change than " + RUN + " has there");
          }
          return step;
        });
  }

  /// A folder for the next run.
  Path makeFolder() throws IOException {
    disk.makeFolders(folder);
    var names = disk.names(folder).stream().filter(FOLDER.asMatchPredicate()).toList();
    var next = names.isEmpty() ? 1 : Integer.parseInt(names.getLast()) + 1;
    while (!disk.makeFolder(folder.resolve(name(next)))) {
      next++;
    }
    return folder.resolve(name(next));
  }

  /// The number of a run's folder.
  static int number(Path run) {
    return Integer.parseInt(run.getFileName().toString());
  }

  /// The name of the file of a change.
  ///
  /// @param position from 1, in the order in which they were approved
  static String step(int position) {
    return "change-%06d.json".formatted(position);
  }

  /// What is in the way, where, and what to do.
  String why(IOException e) {
    return "the journal in "
        + folder
        + " cannot be written ("
        + DiskFailure.reason(e)
        + "), and what is not written down is not done: make room there, or name another folder in"
        + " XDG_STATE_HOME";
  }

  private static String name(int number) {
    return "%06d".formatted(number);
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new DocumentException(
          file + " cannot be read: " + Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    } catch (DocumentException e) {
      throw new DocumentException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }
}
