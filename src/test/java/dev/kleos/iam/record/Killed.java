package dev.kleos.iam.record;

import dev.kleos.iam.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes of a run that has ended what there would be of it if its process had been killed while a
/// change was under way.
public final class Killed {
  private Killed() {}

  /// Cuts a run back.
  ///
  /// @param state the user's state folder
  /// @param change the last one that was sent, from 1
  public static void run(Path state, int number, int change) throws IOException {
    var disk = new LocalDisk();
    var folder = state.resolve("kleos-iam/runs").resolve("%06d".formatted(number));
    var run = RunForm.run(disk.read(folder.resolve(Runs.RUN)).orElseThrow());
    disk.replace(
        folder.resolve(Runs.RUN),
        RunForm.write(new RunForm.Run(run.header(), null, run.approved())));
    var file = folder.resolve(Runs.step(change));
    var step = RunForm.step(disk.read(file).orElseThrow());
    disk.replace(file, RunForm.write(new RunForm.Step(step.intent(), Optional.empty())));
  }
}
