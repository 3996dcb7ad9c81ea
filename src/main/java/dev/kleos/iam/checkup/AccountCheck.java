package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Similar;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.Targets;
import java.util.ArrayList;
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

    /// Whether one is meant that may not be seen.
    boolean isHidden() {
      return account.isPresent() && step.state() == Step.State.UNKNOWN;
    }

    /// Whether there is nothing that anybody could be let act as.
    boolean isMissing() {
      return step.isBroken() && live.isEmpty();
    }
  }

  private final Cloud cloud;
  private final Policies policies;
  private final CompiledPlan plan;
  private final Road road;
  private final Optional<Resource.Service> service;

  /// @param service the one that it calls, whose policy may still have traces of the account
  AccountCheck(
      Cloud cloud,
      Policies policies,
      CompiledPlan plan,
      Road road,
      Optional<Resource.Service> service) {
    this.cloud = cloud;
    this.policies = policies;
    this.plan = plan;
    this.road = road;
    this.service = service;
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
          Refusals.isForbidden(e)
              ? Step.broken(
                  Stage.ACCOUNT,
                  "none is named, and you may not list those of the project ("
                      + Lack.of("iam.serviceAccounts.list")
                      + ")",
                  NAME_IT)
              : Refusals.step(Stage.ACCOUNT, e, project));
    }
  }

  /// Looks at it.
  Found look(Named named) throws InterruptedException {
    return switch (named) {
      case Named.Nobody(var why) -> new Found(why, Optional.empty(), Optional.empty());
      case Named.One(var account) -> look(account);
    };
  }

  private Found look(Resource.Account account) throws InterruptedException {
    try {
      var live = cloud.accounts().find(account);
      return new Found(
          live.isPresent() ? seen(live.get()) : missing(account), Optional.of(account), live);
    } catch (CloudException e) {
      return new Found(
          Refusals.isForbidden(e)
              ? Step.unknown(
                  Stage.ACCOUNT,
                  "there is no "
                      + account.email()
                      + ", or you may not see it ("
                      + Lack.of("iam.serviceAccounts.get")
                      + ")")
              : Refusals.step(Stage.ACCOUNT, e, account.projectId()),
          Optional.of(account),
          Optional.empty());
    }
  }

  /// What is found where Google says that there is no such account.
  static Found nowhere(Resource.Account account) {
    return new Found(
        Step.broken(
            Stage.ACCOUNT,
            "there is no " + account.email(),
            new Remedy.Advice("Check the name; an admin of the project sees which there are.")),
        Optional.of(account),
        Optional.empty());
  }

  private static Step seen(ServiceAccount live) {
    var email = live.resource().email();
    return live.disabled()
        ? Step.broken(
            Stage.ACCOUNT,
            email + " is disabled: Google makes no tokens for it",
            Mending.enable(live.resource()))
        : Step.fine(Stage.ACCOUNT, email + ", enabled");
  }

  private Step missing(Resource.Account account) throws InterruptedException {
    var deleted = deletedId(account);
    if (deleted.isPresent()) {
      return Step.broken(
          Stage.ACCOUNT,
          account.email() + " was deleted; up to 30 days later it can be had back with its grants",
          Mending.undelete(deleted.get(), account));
    }
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

  /// The unique id of the one that was there before, as far as policies on the road tell; of
  /// several, the one that they name first.
  private Optional<String> deletedId(Resource.Account account) throws InterruptedException {
    var traces = new ArrayList<Principal>();
    try {
      if (service.isPresent()) {
        traces.addAll(policies.traces(account, service.get()));
      }
      traces.addAll(policies.traces(account, new Resource.Project(account.projectId())));
    } catch (CloudException e) {
      // what cannot be read has no traces to show
    }
    return traces.stream().flatMap(trace -> trace.deletedId().stream()).findFirst();
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
