package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Reads what Google holds of the resources that a plan names: each account once, each policy once,
/// all at the same time.
public final class LiveReader {
  private final Cloud cloud;
  private final Progress progress;

  public LiveReader(Cloud cloud, Progress progress) {
    this.cloud = cloud;
    this.progress = progress;
  }

  /// The live state; what cannot be read is [Live.Unreadable] in it, never an exception.
  public LiveState read(DesiredState desired) throws InterruptedException {
    return new Reading(desired, true).run();
  }

  /// The same for whoever is about to change policies alone, and no text of an account: an account
  /// is there if its policy is, so it is asked for only where its policy cannot be read. Whether it
  /// is disabled is not known then.
  public LiveState readPolicies(DesiredState desired) throws InterruptedException {
    return new Reading(desired, false).run();
  }

  private static Failure flaps(Resource.Account account) {
    return Failure.of(
        "UNAVAILABLE",
        account.name(),
        "Google answers both that this account is there and that it is not.",
        "It was probably created or deleted a moment ago: run the same command in a minute.");
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

  /// One read of everything that a plan names.
  private final class Reading {
    private final DesiredState desired;
    private final Map<Resource.Account, Live<ServiceAccount>> accounts = new ConcurrentHashMap<>();
    private final Map<Resource, Live<AllowPolicy>> policies = new ConcurrentHashMap<>();
    private final Queue<Resource> absent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final boolean withAccounts;
    private final int total;

    Reading(DesiredState desired, boolean withAccounts) {
      this.desired = desired;
      this.withAccounts = withAccounts;
      this.total = (withAccounts ? desired.accounts().size() : 0) + desired.policies().size();
    }

    LiveState run() throws InterruptedException {
      progress.at(0, total);
      var tasks = new ArrayList<Callable<Integer>>();
      for (var account : withAccounts ? desired.accounts() : List.<ServiceAccount>of()) {
        tasks.add(() -> {
          accounts.put(account.resource(), account(account.resource()));
          return oneMore();
        });
      }
      for (var policy : desired.policies()) {
        tasks.add(() -> {
          policies.put(policy.resource(), policy(policy.resource()));
          return oneMore();
        });
      }
      Concurrently.all(tasks);
      for (var account : desired.accounts()) {
        if (!withAccounts) {
          accounts.put(account.resource(), byPolicy(account));
        }
        unhide(account);
        if (accounts.get(account.resource()) instanceof Live.Absent) {
          reconcile(account.resource());
        }
      }
      suggest();
      return new LiveState(accounts, policies);
    }

    private int oneMore() {
      var now = done.incrementAndGet();
      progress.at(now, total);
      return now;
    }

    private Live<AllowPolicy> policy(Resource resource) {
      try {
        return new Live.Read<>(cloud.policies().read(resource));
      } catch (CloudException e) {
        if (e instanceof CloudException.NotFound) {
          absent.add(resource);
        }
        return new Live.Unreadable<>(e.failure());
      }
    }

    private Live<ServiceAccount> byPolicy(ServiceAccount desired) {
      return policies.get(desired.resource()) instanceof Live.Read
          ? new Live.Read<>(desired)
          : account(desired.resource());
    }

    /// An account that may not be seen is there if its policy is: that is all that a plan needs to
    /// know which manages none of its texts.
    private void unhide(ServiceAccount desired) {
      var account = desired.resource();
      if (desired.equals(desired.withoutTexts())
          && accounts.get(account) instanceof Live.Unreadable(var failure)
          && failure.permission() != null) {
        if (policies.get(account) instanceof Live.Read) {
          accounts.put(account, new Live.Read<>(desired));
        } else if (absent.contains(account)) {
          accounts.put(account, new Live.Absent<>());
        }
      }
    }

    /// The policy of an account that is not there is absent. Where there is a policy all the same,
    /// the account is asked for once more: a recent one is seen by one call and not by the next,
    /// and taking it for absent would hide who has access to it.
    private void reconcile(Resource.Account account) {
      if (!(policies.get(account) instanceof Live.Read)) {
        policies.replace(account, new Live.Absent<>());
        return;
      }
      var again = account(account);
      accounts.put(
          account, again instanceof Live.Absent ? new Live.Unreadable<>(flaps(account)) : again);
    }

    /// Says of each service that is not there which one was probably meant.
    private void suggest() throws InterruptedException {
      var missing =
          absent.stream()
              .filter(Resource.Service.class::isInstance)
              .map(Resource.Service.class::cast)
              .toList();
      var suggestion = new ServiceSuggestion(cloud.catalog(), missing);
      for (var service : missing) {
        if (policies.get(service) instanceof Live.Unreadable(var failure)) {
          policies.put(service, new Live.Unreadable<>(suggestion.amend(service, failure)));
        }
      }
    }
  }
}
