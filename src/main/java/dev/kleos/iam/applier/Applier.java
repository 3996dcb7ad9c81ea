package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Concurrently;
import dev.kleos.iam.cloud.NotBegunException;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Applies a change set: accounts first, all at once, then policies, all at once. What depends on a
/// failed step is skipped; the rest goes on. Faults, rivals and new accounts are waited for until
/// one deadline.
///
/// When somebody wishes it to stop, the calls under way are finished, and no other is begun.
public final class Applier {
  private final Cloud cloud;
  private final Duration timeout;
  private final Timer timer;
  private final RandomGenerator random;
  private final Progress progress;
  private final Stop stop;
  private final Journal journal;

  /// @param cloud one that does not try again by itself
  /// @param timeout for the whole change set, from the first call
  public Applier(
      Cloud cloud,
      Duration timeout,
      Timer timer,
      RandomGenerator random,
      Progress progress,
      Stop stop,
      Journal journal) {
    this.cloud = cloud;
    this.timeout = timeout;
    this.timer = stop.waking(timer);
    this.random = random;
    this.progress = progress;
    this.stop = stop;
    this.journal = journal;
  }

  /// Why nothing could be applied whatever it is, to be told before anybody is asked anything;
  /// empty where nothing speaks against it.
  public Optional<String> obstacle() {
    return journal.obstacle();
  }

  /// What became of each change, accounts first; a failure is an outcome, never an exception. An
  /// interrupt is a wish to stop.
  public List<AppliedChange> apply(ChangeSet changeSet) {
    try {
      journal.begins(changeSet);
    } catch (JournalException e) {
      return changeSet.changes().stream()
          .map(change -> new AppliedChange(change, new Outcome.Failed(e.failure())))
          .toList();
    }
    var applied = carryOut(changeSet);
    journal.ends();
    return applied;
  }

  private List<AppliedChange> carryOut(ChangeSet changeSet) {
    var deadline = timer.now().plus(timeout);
    var retrying = RetryingCloud.until(deadline, cloud.waitingBy(timer), timer, random);
    var newAccounts = new NewAccounts(() -> Backoff.forNewAccounts(deadline, timer, random));
    var accountWriter = new AccountWriter(retrying.accounts(), newAccounts, journal);
    var policyWriter =
        new PolicyWriter(
            retrying.policies(),
            cloud.policies(),
            Backoff.forConflicts(deadline, timer, random),
            newAccounts,
            stop,
            journal);
    var meter = new Meter(changeSet.changes().size());

    progress.at(0, changeSet.changes().size());

    var accountSteps = new ArrayList<Callable<AppliedChange>>();
    for (var change : changeSet.changes()) {
      switch (change) {
        case CreateServiceAccount(var desired) ->
            accountSteps.add(() -> meter.run(change, () -> accountWriter.create(desired)));
        case UpdateServiceAccount update ->
            accountSteps.add(() -> meter.run(change, () -> accountWriter.update(update)));
        case ModifyPolicy _ -> {}
      }
    }
    var applied = new ArrayList<>(Concurrently.allDespite(stop::request, accountSteps));

    var dependencies = Dependencies.after(applied);
    var policySteps = new ArrayList<Callable<AppliedChange>>();
    for (var change : changeSet.changes()) {
      if (change instanceof ModifyPolicy modify) {
        var missing = dependencies.missing(modify);
        policySteps.add(() ->
            meter.run(
                modify,
                () ->
                    missing.isPresent()
                        ? new Outcome.Skipped(missing.get())
                        : policyWriter.write(modify)));
      }
    }
    applied.addAll(Concurrently.allDespite(stop::request, policySteps));
    return applied;
  }

  /// A step under way, which may fail and may be interrupted.
  @FunctionalInterface
  private interface Step {
    Outcome run() throws InterruptedException;
  }

  /// Runs steps, counts them, and makes a failure an outcome.
  private final class Meter {
    private final AtomicInteger done = new AtomicInteger();
    private final int total;

    Meter(int total) {
      this.total = total;
    }

    AppliedChange run(Change change, Step step) {
      var outcome = outcome(change, step);
      var end = new AppliedChange(change, outcome);
      journal.ended(end);
      progress.at(done.incrementAndGet(), total);
      return end;
    }

    /// A bug in one step must not hide what became of the others.
    private Outcome outcome(Change change, Step step) {
      if (stop.isRequested()) {
        return new Outcome.Stopped();
      }
      try {
        return step.run();
      } catch (InterruptedException | NotBegunException e) {
        stop.request();
        return new Outcome.Stopped();
      } catch (CloudException e) {
        return new Outcome.Failed(e.failure());
      } catch (JournalException e) {
        return new Outcome.Failed(e.failure());
      } catch (RuntimeException e) {
        return new Outcome.Failed(
            Failure.of(
                "INTERNAL",
                change.resource().name(),
                "This is a bug in kleos-iam: " + e,
                "Whether it was written is not known; kleos-iam plan shows it."));
      }
    }
  }
}
