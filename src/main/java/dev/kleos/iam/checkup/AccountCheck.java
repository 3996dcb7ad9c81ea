package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Similar;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.Targets;
import java.util.List;
import java.util.Optional;

/// The account that the service is called as: whether it is there, enabled, and the one that the
/// grants were made to.
final class AccountCheck {
  private static final Remedy NAME_IT = new Remedy.Advice("Name it with --account.");

  /// Which one is meant.
  sealed interface Named {
    /// This one, whether it is there or not.
    record One(Resource.Account account) implements Named {}

    /// Nobody can tell, or it may not be asked.
    record Nobody(Step why) implements Named {}
  }

  /// What was found.
  ///
  /// @param account empty where it is not even known which one is meant
  /// @param live empty where it may not be seen, or is not there
  record Found(Step step, Optional<Resource.Account> account, Optional<ServiceAccount> live) {
    /// Whether it makes sense to go on with it.
    boolean isUsable() {
      return account.isPresent() && !step.isBroken();
    }

    /// Whether there is nothing that anybody could be let act as.
    boolean isMissing() {
      return step.isBroken() && live.isEmpty();
    }
  }

  private final Cloud cloud;
  private final CompiledPlan plan;
  private final Road road;

  AccountCheck(Cloud cloud, CompiledPlan plan, Road road) {
    this.cloud = cloud;
    this.plan = plan;
    this.road = road;
  }

  /// Which one is meant; asks for it by its description where nobody names it.
  Named named() {
    try {
      return new Named.One(new Targets(plan).account(road.account(), cloud.accounts()));
    } catch (PlanUsageException e) {
      var why = String.valueOf(e.getMessage()).replaceFirst("; say which with --account$", "");
      return new Named.Nobody(Step.broken(Stage.ACCOUNT, why, NAME_IT));
    } catch (CloudException e) {
      var project = e.failure().resource().replaceFirst("^projects/", "");
      return new Named.Nobody(
          Refusals.elsewhere(e, project)
              .orElseGet(() ->
                  Step.broken(
                      Stage.ACCOUNT,
                      "none is named, and you may not list those of the project",
                      NAME_IT)));
    }
  }

  /// Looks at it.
  Found look(Named named) {
    return switch (named) {
      case Named.Nobody(var why) -> new Found(why, Optional.empty(), Optional.empty());
      case Named.One(var account) -> look(account);
    };
  }

  private Found look(Resource.Account account) {
    try {
      var live = cloud.accounts().find(account);
      return new Found(
          live.map(AccountCheck::seen).orElseGet(() -> missing(account)),
          Optional.of(account),
          live);
    } catch (CloudException e) {
      return new Found(
          Refusals.isForbidden(e)
              ? Step.unknown(
                  Stage.ACCOUNT, "there is no " + account.email() + ", or you may not see it")
              : Refusals.step(Stage.ACCOUNT, e, account.projectId()),
          Optional.of(account),
          Optional.empty());
    }
  }

  private static Step seen(ServiceAccount live) {
    var email = live.resource().email();
    return live.disabled()
        ? Step.broken(
            Stage.ACCOUNT,
            email + " is disabled: Google makes no tokens for it",
            Remedy.Shell.of(
                "gcloud",
                "iam",
                "service-accounts",
                "enable",
                email,
                "--project",
                live.resource().projectId()))
        : Step.fine(Stage.ACCOUNT, email + ", enabled");
  }

  private Step missing(Resource.Account account) {
    if (isPlanned(account)) {
      return Step.broken(
          Stage.ACCOUNT,
          account.email() + " is in the plan and not in the project",
          Remedy.Own.of("apply"));
    }
    var near = Similar.nearest(account.accountId(), others(account), Resource.Account::accountId);
    return Step.broken(
        Stage.ACCOUNT,
        "there is no " + account.email() + near.map(one -> "; there is " + one.email()).orElse(""),
        near.<Remedy>map(one -> road.again(one.accountId(), road.service()))
            .orElseGet(() ->
                Remedy.Shell.of(
                    "gcloud",
                    "iam",
                    "service-accounts",
                    "create",
                    account.accountId(),
                    "--project",
                    account.projectId())));
  }

  private boolean isPlanned(Resource.Account account) {
    return plan.desired().accounts().stream().anyMatch(one -> one.resource().equals(account));
  }

  private List<Resource.Account> others(Resource.Account account) {
    try {
      return cloud.accounts().list(account.projectId()).stream()
          .map(ServiceAccount::resource)
          .toList();
    } catch (CloudException e) {
      return List.of(); // a suggestion is a kindness
    }
  }
}
