package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.NotBegunException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.GrantDiff;
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
  private final LastLook lastLook;

  /// @param policies whose calls are made again where that may help
  /// @param once the same, but that each is made once, and begins also when somebody wishes that no
  ///   more be started
  PolicyWriter(
      Policies policies,
      Policies once,
      Backoff backoff,
      NewAccounts newAccounts,
      Stop stop,
      Journal journal) {
    this.policies = policies;
    this.lastLook = new LastLook(once);
    this.backoff = backoff;
    this.newAccounts = newAccounts;
    this.stop = stop;
    this.journal = journal;
  }

  /// Writes the change, but for principals whom Google names as not acceptable. What was not
  /// written is said to be so only where every try was answered.
  ///
  /// @throws CloudException where Google refuses or does not answer
  Outcome write(ModifyPolicy change) {
    var part = new AcceptablePart(change);
    try {
      return part.outcome(doubted(part, write(change, part)));
    } catch (CloudException e) {
      if (policies.isUnanswered(change.resource())) {
        return part.outcome(doubted(part, new Outcome.Failed(e.failure())));
      }
      return part.outcome(e);
    } catch (JournalException e) {
      return part.outcome(doubted(part, new Outcome.Failed(e.failure())));
    } catch (InterruptedException | NotBegunException e) {
      stop.request();
      return part.outcome(doubted(part, new Outcome.Stopped()));
    }
  }

  private Outcome doubted(AcceptablePart part, Outcome told) {
    var change = part.change();
    return policies.isUnanswered(change.resource()) ? lastLook.at(change, told) : told;
  }

  private Outcome write(ModifyPolicy change, AcceptablePart part) throws InterruptedException {
    var attempts = backoff.start();
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
          before = isPerhapsOurs ? before(before, live, part.diff()) : live;
        }
      }
    }
  }

  /// What was there before any write that may have come through: as it was before that one, but for
  /// what the next one changes for sure.
  private static AllowPolicy before(AllowPolicy earlier, AllowPolicy live, GrantDiff diff) {
    var sure = GrantDiff.between(live.grants(), diff.applyTo(live.grants()));
    return earlier.withGrants(sure.reversed().applyTo(earlier.grants()));
  }

  private AllowPolicy read(ModifyPolicy change) throws InterruptedException {
    return newAccounts.settled(change, () -> policies.read(change.resource()));
  }

  private Policies.Result compareAndSet(ModifyPolicy change, AllowPolicy next)
      throws InterruptedException {
    return newAccounts.settled(change, () -> policies.compareAndSet(change.resource(), next));
  }
}
