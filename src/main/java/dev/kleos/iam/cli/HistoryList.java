package dev.kleos.iam.cli;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.report.HistoryJson;
import dev.kleos.iam.report.HistoryReport;
import java.util.ArrayList;
import java.util.Objects;

/// The runs that the journal has.
///
/// @param most how many of them, the newest first
record HistoryList(Runs runs, Surroundings surroundings, OutputOptions output, int most) {
  /// Prints them; one that is damaged is said to be.
  ///
  /// @return the exit code
  int print() {
    return output.isJson() ? json() : text();
  }

  private int text() {
    var screen = output.out(surroundings);
    var numbers = runs.numbers();
    if (numbers.isEmpty()) {
      screen.line("No runs yet: what apply, grant, revoke and undo change is written down.");
      return ExitCode.DONE;
    }
    var report = new HistoryReport(screen);
    var width = Integer.toString(numbers.getFirst()).length() + 1;
    var code = ExitCode.DONE;
    for (var number : numbers.subList(0, Math.min(most, numbers.size()))) {
      try {
        runs.run(number).ifPresent(run -> report.line(run, width));
      } catch (DocumentException e) {
        report.damaged(number, width, Objects.toString(e.getMessage()));
        code = ExitCode.FAILED;
      }
    }
    screen.blank();
    var more = numbers.size() - most;
    screen.line(
        (more > 0 ? more + " more: kleos-iam history --all. " : "")
            + "One of them: kleos-iam history RUN. To take it back: kleos-iam undo RUN");
    return code;
  }

  private int json() {
    var found = new ArrayList<RecordedRun>();
    var errors = new ArrayList<Failure>();
    for (var number : runs.numbers().stream().limit(most).toList()) {
      try {
        runs.run(number).ifPresent(found::add);
      } catch (DocumentException e) {
        errors.add(failure(e));
      }
    }
    new HistoryJson(found, errors).print(surroundings.out());
    return errors.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /// What cannot be read, for a program.
  static Failure failure(DocumentException e) {
    return Failure.of("DATA_LOSS", "", Objects.toString(e.getMessage()), "");
  }
}
