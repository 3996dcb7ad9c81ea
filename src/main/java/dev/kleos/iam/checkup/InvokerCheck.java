package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
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
    var who = account.principal();
    return switch (policies.reach(who, PERMISSION, service)) {
      case Reach.Granted granted -> Step.fine(Stage.MAY_INVOKE, GrantWords.of(granted));
      case Reach.Perhaps perhaps -> Step.unknown(Stage.MAY_INVOKE, GrantWords.of(perhaps));
      case Reach.Unseen unseen -> Step.unknown(Stage.MAY_INVOKE, GrantWords.of(unseen));
      case Reach.Unmet unmet ->
          Step.broken(
              Stage.MAY_INVOKE, GrantWords.of(unmet), mending.invoke(service, who, Mending.AGAIN));
      case Reach.Missing _ when isRecreated(account, live, service) ->
          Step.broken(
              Stage.ACCOUNT,
              account.email()
                  + " was deleted and created again: what was granted before is not granted to"
                  + " this one",
              mending.again(account, service));
      case Reach.Missing _ ->
          Step.broken(
              Stage.MAY_INVOKE,
              "no role on the service or its project lets it (" + Lack.of(PERMISSION) + ")",
              mending.invoke(service, who));
    };
  }

  /// Whether the policies still have the trace of another account of the same address.
  private boolean isRecreated(
      Resource.Account account, Optional<ServiceAccount> live, Resource.Service service)
      throws InterruptedException {
    if (live.isEmpty()) {
      return false;
    }
    var id = Optional.ofNullable(live.get().uniqueId());
    var traces = new ArrayList<>(policies.traces(account, service));
    traces.addAll(policies.traces(account, new Resource.Project(service.projectId())));
    return traces.stream().anyMatch(trace -> !trace.deletedId().equals(id));
  }
}
