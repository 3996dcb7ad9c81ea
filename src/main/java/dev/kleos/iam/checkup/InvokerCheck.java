package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.Optional;

/// Whether the account may call the service: read off the policies of the service and its project.
final class InvokerCheck {
  static final String PERMISSION = "run.routes.invoke";

  private final Policies policies;
  private final Mending mending;

  InvokerCheck(Policies policies, Mending mending) {
    this.policies = policies;
    this.mending = mending;
  }

  /// Looks. The step is about the account where that is to blame.
  ///
  /// @param live empty where the account itself may not be seen
  Step check(
      Resource.Account account,
      Optional<ServiceAccount> live,
      Resource.Service service,
      Optional<RunService> deployed)
      throws InterruptedException {
    if (deployed.filter(RunService::isOpen).isPresent()) {
      return Step.fine(
          Stage.MAY_INVOKE, "anybody may: the invoker check of the service is switched off");
    }
    var policy = policies.of(service);
    if (policy.isEmpty()) {
      return Step.unknown(
          Stage.MAY_INVOKE,
          "you may not read the service's policy (run.services.getIamPolicy); a call tells");
    }
    var who = account.principal();
    return switch (policies.reach(who, PERMISSION, service)) {
      case Reach.Granted granted -> Step.fine(Stage.MAY_INVOKE, GrantWords.of(granted));
      case Reach.Perhaps perhaps -> Step.unknown(Stage.MAY_INVOKE, GrantWords.of(perhaps));
      case Reach.Unmet unmet ->
          Step.broken(
              Stage.MAY_INVOKE, GrantWords.of(unmet), mending.invoke(service, who, Mending.AGAIN));
      case Reach.Missing _ ->
          isRecreated(policy.get().grants(), live)
              ? Step.broken(
                  Stage.ACCOUNT,
                  account.email()
                      + " was deleted and created again: what was granted before is not granted to"
                      + " this one",
                  mending.again(account, service))
              : Step.broken(
                  Stage.MAY_INVOKE,
                  "no role on the service or its project lets it (" + PERMISSION + ")",
                  mending.invoke(service, who));
    };
  }

  /// Whether the policy still has the trace of another account of the same address.
  private static boolean isRecreated(Iterable<Grant> grants, Optional<ServiceAccount> live) {
    if (live.isEmpty()) {
      return false;
    }
    var who = live.get().resource().principal();
    var id = Optional.ofNullable(live.get().uniqueId());
    for (var grant : grants) {
      var trace = grant.principal();
      if (trace.isTraceOf(who) && !trace.deletedId().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
