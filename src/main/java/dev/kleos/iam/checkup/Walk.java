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
    var impersonation = sight.impersonation().get();
    var account = lookedFor(sight.account().get(), impersonation);
    if (account.isMissing()) {
      impersonation = later(Stage.MAY_IMPERSONATE, "the account");
    }
    var service = sight.service().get();
    var invoking = mayInvoke(account, service);
    var isRecreated = invoking.stage() == Stage.ACCOUNT;
    tell(isRecreated ? invoking : account.step());
    tell(service.step());
    if (isRecreated) {
      invoking = later(Stage.MAY_INVOKE, "the account");
      impersonation = later(Stage.MAY_IMPERSONATE, "the account");
    }
    if (checkup.road().other().isPresent()) {
      tell(invoking);
      tell(impersonation);
      tell(unseen(checkup.road().other().get()));
    } else if (isRecreated) {
      tell(invoking);
      tell(impersonation);
      tell(later(Stage.ID_TOKEN, "the account"));
      tell(later(Stage.ANSWER, "the account"));
    } else {
      doIt(account, service, invoking, impersonation);
    }
  }

  /// An account that is hidden from somebody who may not act as it may just be mistyped.
  private AccountCheck.Found lookedFor(AccountCheck.Found found, Step impersonation) {
    return found.isHidden()
            && impersonation.isBroken()
            && checkup.road().other().isEmpty()
            && new CallCheck(checkup, mending).isNowhere(found.account().orElseThrow())
        ? AccountCheck.nowhere(found.account().orElseThrow())
        : found;
  }

  /// Asks for all that depends on nothing.
  private Sight look() {
    var cloud = checkup.cloud();
    var road = checkup.road();
    var plan = checkup.plan();
    var project = new ProjectCheck(cloud.catalog(), new Resource.Project(checkup.project()));
    var services = new ServiceCheck(cloud, plan, road);
    var service = services.named();
    var accounts = new AccountCheck(cloud, policies, plan, road, service);
    var named = ahead.begin(accounts::named);
    service.ifPresent(policies::begin);
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

  /// Makes a token, and calls the service with it: also where nothing that was seen lets the
  /// account call, because not all can be seen, and what comes of it tells.
  private void doIt(
      AccountCheck.Found account, ServiceCheck.Found service, Step invoking, Step impersonation)
      throws InterruptedException {
    var isSettled = invoking.state() == Step.State.FINE;
    var held = new ArrayList<Step>();
    Consumer<Step> teller = isSettled ? this::tell : held::add;
    if (isSettled) {
      tell(invoking);
    }
    teller.accept(impersonation);
    var answer = answer(account, service, invoking, impersonation, teller);
    if (!isSettled) {
      tell(answer.isLetThrough() ? shown(invoking) : invoking);
      held.forEach(this::tell);
    }
    tell(answer.step());
  }

  /// @param teller takes the step before the answer
  private CallCheck.Answered answer(
      AccountCheck.Found account,
      ServiceCheck.Found service,
      Step invoking,
      Step impersonation,
      Consumer<Step> teller) {
    var first =
        !account.isUsable()
            ? "the account"
            : impersonation.isBroken()
                ? "who may act as the account"
                : !service.isUsable() || service.called().isEmpty() ? "the service" : "";
    if (!first.isEmpty()) {
      teller.accept(later(Stage.ID_TOKEN, first));
      return CallCheck.Answered.not(later(Stage.ANSWER, first));
    }
    var as = account.account().orElseThrow();
    var called = service.called().orElseThrow();
    var call = new CallCheck(checkup, mending);
    var minted = call.mint(as, called, impersonation.state() == Step.State.FINE);
    teller.accept(minted.step());
    return switch (minted) {
      case CallCheck.Minted.Refused _ ->
          CallCheck.Answered.not(later(Stage.ANSWER, "the ID token"));
      case CallCheck.Minted.Made(_, var token) -> call.call(as, called, token, invoking.state());
    };
  }

  /// What is not to be seen, the answer has shown.
  private static Step shown(Step invoking) {
    return Step.fine(invoking.stage(), "as the answer shows, by a grant that you may not see");
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
            + " spread yet"
            + (who.type().equals("user") ? "; " + who + " sees it by kleos-iam doctor" : ""));
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
