package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Reads what Google holds of the resources that a plan names: each account once, each policy once,
/// all at the same time.
public final class LiveReader {
  private final Cloud cloud;
  private final Progress progress;
  private final Queue<Resource.Service> missing = new ConcurrentLinkedQueue<>();

  public LiveReader(Cloud cloud, Progress progress) {
    this.cloud = cloud;
    this.progress = progress;
  }

  /// The live state; what cannot be read is [Live.Unreadable] in it, never an exception.
  public LiveState read(DesiredState desired) throws InterruptedException {
    var accounts = new HashMap<Resource.Account, Live<ServiceAccount>>();
    var policies = new HashMap<Resource, Live<AllowPolicy>>();
    var total = desired.accounts().size() + desired.policies().size();
    var done = new AtomicInteger();
    progress.at(0, total);
    for (var apply : Concurrently.all(tasks(desired, accounts, policies, done, total))) {
      apply.run();
    }
    for (var account : List.copyOf(accounts.keySet())) {
      if (accounts.get(account) instanceof Live.Absent) {
        reconcile(account, accounts, policies);
      }
    }
    suggest(policies);
    return new LiveState(accounts, policies);
  }

  /// The policy of an account that is not there is absent. Where there is a policy all the same,
  /// the account is asked for once more: a recent one is seen by one call and not by the next, and
  /// taking it for absent would hide who has access to it.
  private void reconcile(
      Resource.Account account,
      Map<Resource.Account, Live<ServiceAccount>> accounts,
      Map<Resource, Live<AllowPolicy>> policies) {
    if (!(policies.get(account) instanceof Live.Read)) {
      policies.replace(account, new Live.Absent<>());
      return;
    }
    var again = account(account);
    accounts.put(
        account, again instanceof Live.Absent ? new Live.Unreadable<>(flaps(account)) : again);
  }

  private static Failure flaps(Resource.Account account) {
    return Failure.of(
        "UNAVAILABLE",
        account.name(),
        "Google answers both that this account is there and that it is not.",
        "It was probably created or deleted a moment ago: run the same command in a minute.");
  }

  /// Each task reads on its own thread and answers with what is to be put down on the caller's.
  private List<Callable<Runnable>> tasks(
      DesiredState desired,
      Map<Resource.Account, Live<ServiceAccount>> accounts,
      Map<Resource, Live<AllowPolicy>> policies,
      AtomicInteger done,
      int total) {
    var tasks = new ArrayList<Callable<Runnable>>();
    for (var account : desired.accounts()) {
      tasks.add(() -> {
        var live = account(account.resource());
        progress.at(done.incrementAndGet(), total);
        return () -> accounts.put(account.resource(), live);
      });
    }
    for (var policy : desired.policies()) {
      tasks.add(() -> {
        var live = policy(policy);
        progress.at(done.incrementAndGet(), total);
        return () -> policies.put(policy.resource(), live);
      });
    }
    return tasks;
  }

  private Live<ServiceAccount> account(Resource.Account account) {
    try {
      return cloud
          .accounts()
          .find(account)
          .<Live<ServiceAccount>>map(Live.Read::new)
          .orElseGet(Live.Absent::new);
    } catch (CloudException e) {
      return new Live.Unreadable<>(e.failure());
    }
  }

  private Live<AllowPolicy> policy(DesiredPolicy policy) {
    try {
      return new Live.Read<>(cloud.policies().read(policy.resource()));
    } catch (CloudException e) {
      if (e instanceof CloudException.NotFound
          && policy.resource() instanceof Resource.Service at) {
        missing.add(at);
      }
      return new Live.Unreadable<>(e.failure());
    }
  }

  /// Says of each service that is not there which one was probably meant.
  private void suggest(Map<Resource, Live<AllowPolicy>> policies) throws InterruptedException {
    var suggestion = new ServiceSuggestion(cloud.catalog(), missing);
    for (var service : missing) {
      if (policies.get(service) instanceof Live.Unreadable(var failure)) {
        policies.put(service, new Live.Unreadable<>(suggestion.amend(service, failure)));
      }
    }
  }
}
