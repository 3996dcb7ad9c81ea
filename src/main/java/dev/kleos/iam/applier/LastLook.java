package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;

/// What became of a change that was stopped while it waited for another try. Every try so far was
/// refused, but a conflict may be with a write of its own whose answer was lost: so the policy is
/// read once more, and nothing is said not to be there that is.
record LastLook(Policies policies) {
  Outcome at(ModifyPolicy change) {
    try {
      var live = policies.read(change.resource()).grants();
      return change.diff().applyTo(live).equals(live)
          ? new Outcome.AlreadyInEffect()
          : new Outcome.Stopped();
    } catch (CloudException.Transient | CloudException.Unavailable e) {
      return new Outcome.Failed(e.failure());
    } catch (CloudException e) {
      return new Outcome.Stopped(); // a new account that is not seen yet
    }
  }
}
