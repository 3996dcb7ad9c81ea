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

  /// What was found.
  ///
  /// @param account empty where it is not even known which one is meant
  /// @param live empty where it may not be seen, or is not there
  record Found(Step step, Optional<Resource.Account> account, Optional<ServiceAccount> live) {
    /// Whether it makes sense to go on with it.
    boolean isUsable() {
      return account.isPresent() && step.state() != Step.State.BROKEN;
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

  /// Finds it, by its description where nobody names it, and looks at it.
  Found find() {
    try {
      var account = new Targets(plan).account(road.account(), cloud.accounts());
      return look(account);
    } catch (PlanUsageException e) {
      return nowhere(
          Step.broken(
              Stage.ACCOUNT,
              String.valueOf(e.getMessage()),
              new Remedy.Advice("Name it with --account.")));
    } catch (CloudException e) {
      var project = e.failure().resource().replaceFirst("^projects/", "");
      return nowhere(
          Refusals.elsewhere(e, project)
              .orElseGet(() ->
                  Step.broken(
                      Stage.ACCOUNT,
                      "none is named, and you may not list those of the project",
                      new Remedy.Advice("Name it with --account."))));
    }
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
          Refusals.elsewhere(e, account.projectId())
              .orElseGet(() ->
                  Refusals.isForbidden(e)
                      ? Step.unknown(
                          Stage.ACCOUNT,
                          "there is no " + account.email() + ", or you may not see it")
                      : Step.broken(
                          Stage.ACCOUNT,
                          e.failure().message(),
                          new Remedy.Advice(e.failure().advice()))),
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
    var isPlanned =
        plan.desired().accounts().stream().anyMatch(one -> one.resource().equals(account));
    if (isPlanned) {
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

  private List<Resource.Account> others(Resource.Account account) {
    try {
      return cloud.accounts().list(account.projectId()).stream()
          .map(ServiceAccount::resource)
          .toList();
    } catch (CloudException e) {
      return List.of(); // a suggestion is a kindness
    }
  }

  private static Found nowhere(Step step) {
    return new Found(step, Optional.empty(), Optional.empty());
  }
}
