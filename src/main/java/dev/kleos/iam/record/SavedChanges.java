package dev.kleos.iam.record;

import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A change set in a file, to be applied by somebody else, somewhere else, or later: with all that
/// is needed to show it as it was shown, and to hold it against the guards once more.
///
/// @param desired what the plan files asked for
/// @param lines where they asked for it
/// @param changeSet what that came to, each policy as it was then
public record SavedChanges(
    Header header,
    DesiredState desired,
    Map<Resource, Map<Grant.Assignment, PlanLine>> lines,
    ChangeSet changeSet) {
  /// How long they can be applied: who approved them remembers why, and little has moved.
  public static final Duration LIFETIME = Duration.ofHours(24);

  public SavedChanges {
    lines = Map.copyOf(lines);
  }

  /// What they are about.
  ///
  /// @param planned when live state was read
  /// @param expires from when on they are not applied
  /// @param place where they were planned, such as `Google Cloud`: they hold nowhere else
  /// @param caller as whom; empty where that was not known
  /// @param version of the program
  /// @param arguments of the command line that planned them, as they were typed
  /// @param said what was said aloud
  /// @param planFiles those that asked for it
  public record Header(
      Instant planned,
      Instant expires,
      String place,
      String caller,
      String version,
      List<String> arguments,
      Said said,
      List<PlanFile> planFiles) {
    public Header {
      arguments = List.copyOf(arguments);
      planFiles = List.copyOf(planFiles);
    }

    /// The ids of the projects, each once.
    public List<String> projects() {
      return planFiles.stream().map(PlanFile::project).distinct().toList();
    }

    /// Whether it is too late to apply them.
    public boolean hasExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  /// What somebody said aloud, because it is refused otherwise.
  ///
  /// @param percent how much of a policy may go
  /// @param fewest grants of a policy that is measured so
  /// @param count how many grants may go in all
  /// @param consents what else is meant, as a command line spells it
  public record Said(int percent, int fewest, int count, List<String> consents) {
    public Said {
      consents = List.copyOf(consents);
    }
  }

  /// A plan file.
  ///
  /// @param name as it was named, or found in a folder that was
  /// @param sha256 of its bytes, in hexadecimal
  public record PlanFile(String name, String project, String sha256) {}

  /// Whether a plan file is what it was.
  public enum Since {
    SAME,
    CHANGED,
    /// It is not here, or cannot be read.
    ABSENT
  }
}
