package dev.kleos.iam.cli;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.record.DocumentException;
import dev.kleos.iam.record.SavedFile;
import dev.kleos.iam.report.Escape;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A file of saved changes that is named on a command line.
///
/// @param command the command's name
record SavedArgument(Surroundings surroundings, OutputOptions output, String command, Path file) {

  /// Runs with what is saved there; where that cannot be used, says why.
  ///
  /// @throws PlanUsageException where there is no such file
  int run(Task task) throws InterruptedException {
    SavedFile.Read read;
    try {
      read =
          new SavedFile(new LocalDisk(), surroundings.directory().resolve(file))
              .read()
              .orElseThrow(() ->
                  new PlanUsageException(
                      "there is no file \""
                          + file
                          + "\"; save changes in it with kleos-iam plan --out "
                          + CommandText.quoted(file.toString())));
    } catch (DocumentException e) {
      return unusable(Objects.toString(e.getMessage()));
    }
    return task.run(read);
  }

  private int unusable(String why) {
    var what = "\"" + file + "\" cannot be used as saved changes: " + why;
    var advice = "Save them anew: kleos-iam plan --out FILE";
    if (output.isJson()) {
      JsonReport.ofFailure(command, List.of(), Failure.of("DATA_LOSS", "", what + ".", advice))
          .print(surroundings.out());
    } else {
      var err = output.err(surroundings);
      err.line(new Span(Style.ALARM, "kleos-iam: "), Span.of(Escape.brief(what)));
      err.line(advice);
    }
    return ExitCode.INVALID_PLAN;
  }

  /// What a command does with saved changes.
  @FunctionalInterface
  interface Task {
    int run(SavedFile.Read read) throws InterruptedException;
  }
}
