package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Outcome;

/// What became of a change of which one try was not answered, and no later one was stored: that try
/// may have come through. So the policy is read once more, and nothing is said not to be there that
/// is. Where it does not show, it is not said either that it was not written: what is read may be
/// older than the write, and somebody may have changed it since.
///
/// @param policies where a call begins also when somebody wishes that no more be started
record LastLook(Policies policies) {
  private static final String UNKNOWN =
      "Whether it was written is not known; kleos-iam plan shows it.";

  /// @param told what would be said if every try had been answered
  Outcome at(ModifyPolicy change, Outcome told) {
    return switch (told) {
      case Outcome.Applied _, Outcome.AlreadyInEffect _, Outcome.Rewritten _ -> told;
      case Outcome.Failed(var failure) -> look(change, failure);
      case Outcome.Contended _ -> look(change, failure(change, "Others kept changing this policy"));
      case Outcome.Stopped _, Outcome.Skipped _, Outcome.Partly _ ->
          look(change, failure(change, "Interrupted before it was tried again"));
    };
  }

  /// Whoever was interrupted has heeded that by now, and the mark of it would keep the call from
  /// beginning.
  private Outcome look(ModifyPolicy change, Failure failure) {
    Thread.interrupted();
    var open = failure.leavingOpen();
    try {
      var live = policies.read(change.resource()).grants();
      return change.diff().applyTo(live).equals(live)
          ? new Outcome.AlreadyInEffect(true)
          : new Outcome.Failed(open);
    } catch (CloudException e) {
      return new Outcome.Failed(open.withSentence(UNKNOWN));
    }
  }

  private static Failure failure(ModifyPolicy change, String what) {
    return Failure.of(
        Failure.UNKNOWN,
        change.resource().name(),
        what + ", and an earlier try was not answered.",
        "");
  }
}
