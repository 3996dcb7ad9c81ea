package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.NotBegunException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;

/// The read-modify-write loop. It starts from the policy that was planned on, so that an
/// undisturbed write needs no second read; after a conflict it reads again and applies the approved
/// diff, and nothing but it, to what it finds. A rival's grants survive, and nothing is written
/// that was not shown.
final class PolicyWriter {
  private final Policies policies;
  private final Backoff backoff;
  private final NewAccounts newAccounts;
  private final Stop stop;
  private final Journal journal;

  PolicyWriter(
      Policies policies, Backoff backoff, NewAccounts newAccounts, Stop stop, Journal journal) {
    this.policies = policies;
    this.backoff = backoff;
    this.newAccounts = newAccounts;
    this.stop = stop;
    this.journal = journal;
  }

  /// Writes the change, but for principals whom Google names as not acceptable.
  ///
  /// @throws CloudException where Google refuses or does not answer
  Outcome write(ModifyPolicy change) throws InterruptedException {
    var part = new AcceptablePart(change);
    try {
      return part.outcome(write(change, part));
    } catch (CloudException e) {
      return part.outcome(e);
    }
  }

  private Outcome write(ModifyPolicy change, AcceptablePart part) throws InterruptedException {
    var attempts = backoff.start();
    try {
      return write(change, part, attempts);
    } catch (NotBegunException e) {
      if (attempts.count() == 1) {
        throw e;
      }
      Thread.interrupted();
      throw new InterruptedException("stopped after a conflict");
    }
  }

  private Outcome write(ModifyPolicy change, AcceptablePart part, Backoff.Attempts attempts)
      throws InterruptedException {
    var live = change.planned().exists() ? change.planned() : read(change);
    var before = live;
    var isPerhapsOurs = false;
    while (true) {
      part.keepLastHolders(live);
      var next = live.withGrants(part.diff().applyTo(live.grants()));
      if (next.equals(live)) {
        return new Outcome.AlreadyInEffect(isPerhapsOurs);
      }
      if (stop.isRequested()) {
        return new Outcome.Stopped();
      }
      Policies.Result result;
      try {
        journal.intends(new Journal.Intent(part.changeOf(before), live.etag()));
        result = compareAndSet(change, next);
      } catch (CloudException.Rejected e) {
        part.leaveOut(e, next);
        continue;
      } catch (CloudException.Transient e) {
        return new LastLook(policies).after(part.change(), e);
      }
      switch (result) {
        case Policies.Stored(var stored) -> {
          return Outcome.stored(next, stored, attempts.count());
        }
        case Policies.Conflict conflict -> {
          if (!attempts.again()) {
            return new Outcome.Contended(attempts.count());
          }
          live = read(change);
          isPerhapsOurs |= conflict.isPerhapsOurs();
          before = isPerhapsOurs ? before : live;
        }
      }
    }
  }

  private AllowPolicy read(ModifyPolicy change) throws InterruptedException {
    return newAccounts.settled(change, () -> policies.read(change.resource()));
  }

  private Policies.Result compareAndSet(ModifyPolicy change, AllowPolicy next)
      throws InterruptedException {
    return newAccounts.settled(change, () -> policies.compareAndSet(change.resource(), next));
  }
}
