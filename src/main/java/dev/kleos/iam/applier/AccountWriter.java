package dev.kleos.iam.applier;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.ServiceAccount;
import java.util.Optional;

/// Creates and describes accounts.
final class AccountWriter {
  private final Accounts accounts;
  private final NewAccounts newAccounts;
  private final Journal journal;

  AccountWriter(Accounts accounts, NewAccounts newAccounts, Journal journal) {
    this.accounts = accounts;
    this.newAccounts = newAccounts;
    this.journal = journal;
  }

  /// Creates the account. One that someone else has created since the plan is as good, if it is
  /// described as the plan wants.
  ///
  /// @throws CloudException where Google refuses or does not answer
  Outcome create(ServiceAccount desired) {
    journal.intends(new Journal.Intent(new CreateServiceAccount(desired), ""));
    try {
      accounts.create(desired);
      newAccounts.add(desired.resource());
      return new Outcome.Applied(1);
    } catch (CloudException.AlreadyExists e) {
      newAccounts.add(desired.resource());
      return find(desired).filter(live -> !live.satisfies(desired)).isEmpty()
          ? new Outcome.AlreadyInEffect(true)
          : new Outcome.Failed(createdByAnother(e.failure()));
    }
  }

  /// Describes the account as the plan wants.
  ///
  /// @throws CloudException where Google refuses or does not answer
  Outcome update(UpdateServiceAccount change) {
    journal.intends(new Journal.Intent(change, ""));
    accounts.update(change.desired());
    return new Outcome.Applied(1);
  }

  /// A recent account may be hidden yet.
  private Optional<ServiceAccount> find(ServiceAccount desired) {
    try {
      return accounts.find(desired.resource());
    } catch (CloudException.Denied notSeenYet) {
      return Optional.empty();
    }
  }

  private static Failure createdByAnother(Failure failure) {
    return Failure.of(
        failure.code(),
        failure.resource(),
        "Someone else has created this account since, with another display name or description.",
        "Run the same command again: it will show the difference.");
  }
}
