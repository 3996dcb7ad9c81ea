package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// One walk. All that depends on nothing is asked for at once, so that a road without a fault takes
/// three round trips: what there is, a token, the call.
final class Walk {
  private final Checkup checkup;
  private final Ahead ahead;
  private final Consumer<Step> told;
  private final Policies policies;
  private final Mending mending;
  private final List<Step> steps = new ArrayList<>();

  Walk(Checkup checkup, Ahead ahead, Consumer<Step> told) {
    this.checkup = checkup;
    this.ahead = ahead;
    this.told = told;
    this.policies = new Policies(checkup.cloud(), ahead, checkup.clock().instant());
    this.mending = new Mending(checkup.plan());
  }

  /// What was found so far, in order.
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /// @param local what was found on this machine, in order
  void run(List<Step> local) throws InterruptedException {
    var sight = look();
    var reached = sight.project().get();
    if (reached.state() == Step.State.UNKNOWN) {
      reached = new Strangers(checkup).project(reached, sight);
    }
    tellLocal(local, reached);
    if (reached.isBroken()) {
      return;
    }
    var apis = sight.apis();
    tell(apis);
    if (apis.isBroken()) {
      return;
    }
    var account = sight.account().get();
    var service = sight.service().get();
    var invoking = mayInvoke(account, service);
    var isRecreated = invoking.stage() == Stage.ACCOUNT;
    tell(isRecreated ? invoking : account.step());
    tell(service.step());
    tell(isRecreated ? later(Stage.MAY_INVOKE, "the account") : invoking);
    var impersonation =
        isRecreated || account.isMissing()
            ? later(Stage.MAY_IMPERSONATE, "the account")
            : sight.impersonation().get();
    tell(impersonation);
    if (checkup.road().other().isPresent()) {
      tell(unseen(checkup.road().other().get()));
    } else if (isRecreated) {
      tell(later(Stage.ID_TOKEN, "the account"));
      tell(later(Stage.ANSWER, "the account"));
    } else {
      doIt(account, service, invoking, impersonation);
    }
  }

  /// Asks for all that depends on nothing.
  private Sight look() {
    var cloud = checkup.cloud();
    var road = checkup.road();
    var plan = checkup.plan();
    var project =
        new ProjectCheck(
            cloud.catalog(),
            new Resource.Project(plan.origins().projects().values().iterator().next()));
    var accounts = new AccountCheck(cloud, plan, road);
    var services = new ServiceCheck(cloud, plan, road);
    var named = ahead.begin(accounts::named);
    services.named().ifPresent(policies::begin);
    return new Sight(
        ahead.begin(project::reached),
        ahead.begin(project::apis),
        ahead.begin(() -> accounts.look(named.get())),
        ahead.begin(services::find),
        ahead.begin(() -> mayImpersonate(named.get())));
  }

  private Step mayImpersonate(AccountCheck.Named named) throws InterruptedException {
    if (!(named instanceof AccountCheck.Named.One(var account))) {
      return later(Stage.MAY_IMPERSONATE, "the account");
    }
    policies.begin(account);
    var check =
        new ImpersonationCheck(checkup.cloud().permissions(), policies, mending, checkup.road());
    var other = checkup.road().other();
    return guarded(
        Stage.MAY_IMPERSONATE,
        account,
        () ->
            other.isPresent()
                ? check.ofOther(account, other.get())
                : check.ofCaller(account, checkup.cloud().caller().principal()));
  }

  private Step mayInvoke(AccountCheck.Found account, ServiceCheck.Found service)
      throws InterruptedException {
    if (!account.isUsable()) {
      return later(Stage.MAY_INVOKE, "the account");
    }
    if (!service.isUsable()) {
      return later(Stage.MAY_INVOKE, "the service");
    }
    if (service.service().isEmpty()) {
      return Step.unknown(
          Stage.MAY_INVOKE, "an address does not say whose policy counts; the answer tells");
    }
    var resource = service.service().get();
    return guarded(
        Stage.MAY_INVOKE,
        resource,
        () ->
            new InvokerCheck(policies, mending)
                .check(
                    account.account().orElseThrow(), account.live(), resource, service.deployed()));
  }

  /// Makes a token, and calls the service with it.
  private void doIt(
      AccountCheck.Found account, ServiceCheck.Found service, Step invoking, Step impersonation)
      throws InterruptedException {
    var call = new CallCheck(checkup.cloud(), checkup.road(), checkup.clock(), checkup.timeout());
    var first =
        !account.isUsable()
            ? "the account"
            : impersonation.isBroken()
                ? "who may act as the account"
                : !service.isUsable() || service.called().isEmpty() ? "the service" : "";
    if (!first.isEmpty()) {
      tell(later(Stage.ID_TOKEN, first));
      tell(later(Stage.ANSWER, first));
      return;
    }
    var called = service.called().orElseThrow();
    var minted = call.mint(account.account().orElseThrow(), called);
    tell(minted.step());
    tell(
        switch (minted) {
          case CallCheck.Minted.Refused _ -> later(Stage.ANSWER, "the ID token");
          case CallCheck.Minted.Made _ when invoking.isBroken() ->
              later(Stage.ANSWER, "who may invoke it");
          case CallCheck.Minted.Made(_, var token) ->
              call.call(
                  account.account().orElseThrow(),
                  called,
                  token,
                  invoking.state() == Step.State.FINE);
        });
  }

  private static Step guarded(Stage stage, Resource on, Callable<Step> check)
      throws InterruptedException {
    try {
      return check.call();
    } catch (CloudException e) {
      return Refusals.step(stage, e, on.projectId());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Step later(Stage stage, String first) {
    return Step.unknown(stage, "not looked at: " + first + " comes first");
  }

  private static Step unseen(Principal who) {
    return Step.unknown(
        Stage.UNSEEN,
        "who is in groups, grants on folders and the organization, what is denied, what has not"
            + " spread yet; "
            + who
            + " sees it by kleos-iam doctor");
  }

  /// What the first calls came to may be about something on this machine.
  private void tellLocal(List<Step> local, Step reached) {
    var isLocal = local.stream().anyMatch(step -> step.stage() == reached.stage());
    for (var step : local) {
      var isOfProject = step.stage() == Stage.GCLOUD && reached.stage() == Stage.PROJECT;
      if (step.stage() == reached.stage()) {
        tell(reached);
      } else if (isOfProject && reached.isBroken() && step.isBroken()) {
        tell(Step.unknown(Stage.GCLOUD, step.finding()));
      } else {
        tell(step);
      }
    }
    if (!isLocal) {
      tell(reached);
    }
  }

  private void tell(Step step) {
    var mended = checkup.ways().mended(step);
    steps.add(mended);
    told.accept(mended);
  }
}
