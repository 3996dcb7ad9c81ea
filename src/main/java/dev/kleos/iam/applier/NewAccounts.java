package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The accounts that this run created, or found created since it read them, and the patience that
/// they need: for a minute or so Google answers now that an account is there, now that it is not
/// (400, 403 or 404). For any other account such an answer is final, and so is an organization
/// policy's (FAILED_PRECONDITION) for any.
final class NewAccounts {
  /// A denial is more often meant than not, so the wait for another answer is short.
  private static final int MOST_DENIALS = 6;

  private final Set<Resource.Account> created = ConcurrentHashMap.newKeySet();
  private final Supplier<Backoff> patience;

  /// Knows of no account yet.
  ///
  /// @param patience asked for afresh before each wait, which begins after the creation
  NewAccounts(Supplier<Backoff> patience) {
    this.patience = patience;
  }

  void add(Resource.Account account) {
    created.add(account);
  }

  /// The call's answer, asked for again while it may only be that a new account is not seen yet.
  <T> T settled(ModifyPolicy change, Supplier<T> call) throws InterruptedException {
    var attempts = patience.get().start();
    while (true) {
      try {
        return call.get();
      } catch (CloudException e) {
        if (!mayBeNotSeenYet(change, e, attempts.count()) || !attempts.again()) {
          throw e;
        }
      }
    }
  }

  private boolean mayBeNotSeenYet(ModifyPolicy change, CloudException e, int attempt) {
    return switch (e) {
      case CloudException.NotFound _ -> isNew(change.resource());
      case CloudException.Denied _ -> isNew(change.resource()) && attempt < MOST_DENIALS;
      case CloudException.Rejected _ -> blamesNew(e.failure());
      case CloudException.AlreadyExists _,
          CloudException.Transient _,
          CloudException.Unavailable _ ->
          false;
    };
  }

  private boolean isNew(Resource resource) {
    return resource instanceof Resource.Account account && created.contains(account);
  }

  private boolean blamesNew(Failure failure) {
    var principals = created.stream().map(Resource.Account::principal).toList();
    return failure.culpritAmong(principals).isPresent();
  }
}
