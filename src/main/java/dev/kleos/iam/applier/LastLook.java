package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;

/// What became of a change that was stopped while it waited for another try. Every try so far was
/// refused, but a conflict may be with a write of its own whose answer was lost: so the policy is
/// read once more, and nothing is said not to be there that is.
///
/// The same where every try failed for now: the answer to one of them may be lost.
record LastLook(Policies policies) {
  private static final String UNKNOWN =
      "Whether it was written is not known; kleos-iam plan shows it.";

  /// What became of a change whose last try failed for now.
  Outcome after(ModifyPolicy change, CloudException.Transient last) {
    try {
      return isInEffect(change)
          ? new Outcome.AlreadyInEffect(true)
          : new Outcome.Failed(last.failure());
    } catch (CloudException e) {
      return new Outcome.Failed(last.failure().withSentence(UNKNOWN));
    }
  }

  /// What became of a change that was stopped.
  Outcome at(ModifyPolicy change) {
    try {
      return isInEffect(change) ? new Outcome.AlreadyInEffect(true) : new Outcome.Stopped();
    } catch (CloudException.Transient | CloudException.Unavailable e) {
      return new Outcome.Failed(e.failure());
    } catch (CloudException e) {
      return new Outcome.Stopped(); // a new account that is not seen yet
    }
  }

  private boolean isInEffect(ModifyPolicy change) {
    var live = policies.read(change.resource()).grants();
    return change.diff().applyTo(live).equals(live);
  }
}
