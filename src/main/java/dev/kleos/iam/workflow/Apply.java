package dev.kleos.iam.workflow;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import java.util.List;

/// Previews, asks, and then applies exactly what was shown.
public final class Apply {
  private final Preview preview;
  private final Applier applier;

  public Apply(Preview preview, Applier applier) {
    this.preview = preview;
    this.applier = applier;
  }

  /// Nothing is written unless everything could be read, no guard refuses, and the answer is yes.
  ///
  /// @param confirmation shown every preview; asked only where there is something to apply
  public Result run(
      DesiredState desired, Pruning pruning, Overrides overrides, Confirmation confirmation)
      throws InterruptedException {
    return run(preview.run(desired, pruning, overrides), applier, confirmation);
  }

  /// The same with changes that were worked out already.
  public static Result run(Previewed previewed, Applier applier, Confirmation confirmation) {
    confirmation.show(previewed);
    if (!previewed.isComplete()) {
      return new Unreadable(previewed);
    }
    if (!previewed.refusals().isEmpty()) {
      return new Refused(previewed);
    }
    if (previewed.changeSet().isInSync()) {
      return new InSync(previewed);
    }
    var obstacle = applier.obstacle();
    if (obstacle.isPresent()) {
      return new Unrecorded(previewed, obstacle.get());
    }
    return confirmation.isGiven(previewed)
        ? new Done(previewed, applier.apply(previewed.changeSet()))
        : new NotConfirmed(previewed);
  }

  /// Whoever decides.
  public interface Confirmation {
    /// Told what would change.
    void show(Previewed previewed);

    /// Whether to go ahead.
    boolean isGiven(Previewed previewed);
  }

  /// How it went.
  public sealed interface Result {
    /// What was shown.
    Previewed previewed();
  }

  /// Something could not be read, so nothing was written.
  public record Unreadable(Previewed previewed) implements Result {}

  /// A guard refused, so nothing was written.
  public record Refused(Previewed previewed) implements Result {}

  /// It could not be written down, so nothing was written to Google.
  ///
  /// @param why what is in the way, where, and what to do
  public record Unrecorded(Previewed previewed, String why) implements Result {}

  /// There was nothing to write.
  public record InSync(Previewed previewed) implements Result {}

  /// The answer was no; nothing was written.
  public record NotConfirmed(Previewed previewed) implements Result {}

  /// The changes were tried, each with its outcome.
  public record Done(Previewed previewed, List<AppliedChange> applied) implements Result {}
}
