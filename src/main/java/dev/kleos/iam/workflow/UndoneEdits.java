package dev.kleos.iam.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.record.RecordedEdit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What becomes of the plan files that a run saved when it is taken back.
///
/// @param edits of those that still are what the run left: back to what they were before
/// @param changed those that somebody has edited since, or moved away
public record UndoneEdits(List<FileEdit> edits, List<String> changed) {
  public UndoneEdits {
    edits = List.copyOf(edits);
    changed = List.copyOf(changed);
  }

  /// Looks at the files as they are.
  ///
  /// @param directory what names are relative to, as far as they are in it
  public static UndoneEdits of(List<RecordedEdit> recorded, Path directory) {
    var edits = new ArrayList<FileEdit>();
    var changed = new ArrayList<String>();
    for (var edit : recorded) {
      var name = name(Path.of(edit.file()), directory.toAbsolutePath().normalize());
      var after = PlanSource.of(name, edit.after().getBytes(UTF_8));
      if (isStill(after, directory)) {
        edits.add(new FileEdit(after, PlanSource.of(name, edit.before().getBytes(UTF_8))));
      } else {
        changed.add(name);
      }
    }
    return new UndoneEdits(edits, changed);
  }

  private static String name(Path file, Path directory) {
    return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
  }

  /// A folder is none: it would be searched.
  private static boolean isStill(PlanSource.Content after, Path directory) {
    if (!Files.isRegularFile(directory.resolve(after.name()))) {
      return false;
    }
    try {
      return PlanSources.find(directory, List.of(after.name())).stream()
          .anyMatch(found ->
              found instanceof PlanSource.Content now && Arrays.equals(now.bytes(), after.bytes()));
    } catch (PlanUsageException | NoPlanException e) {
      return false;
    }
  }
}
