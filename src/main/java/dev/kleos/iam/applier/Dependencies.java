package dev.kleos.iam.applier;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import java.util.List;
import java.util.Optional;

/// Which accounts could not be created, and which steps need them: the account's own policy, and
/// every policy that would grant something to it.
record Dependencies(List<Resource.Account> notCreated) {
  static Dependencies after(List<AppliedChange> accountSteps) {
    return new Dependencies(
        accountSteps.stream()
            .filter(applied -> applied.outcome() instanceof Outcome.Failed)
            .map(AppliedChange::change)
            .filter(CreateServiceAccount.class::isInstance)
            .map(CreateServiceAccount.class::cast)
            .map(create -> create.desired().resource())
            .toList());
  }

  /// An account that this step needs and that is not there.
  Optional<Resource.Account> missing(ModifyPolicy change) {
    return notCreated.stream()
        .filter(account ->
            account.equals(change.resource())
                || change.diff().added().stream()
                    .anyMatch(grant -> grant.principal().equals(account.principal())))
        .findFirst();
  }
}
