package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Walks a road step by step: as oneself by doing what the road takes, for others by reading. Each
/// fault is said once, where it is; what depends on it is not looked at.
public final class Checkup {
  private final Cloud cloud;
  private final CompiledPlan plan;
  private final Road road;
  private final InstantSource clock;
  private final Duration timeout;

  /// @param plan of one project
  /// @param timeout for the call of the service
  public Checkup(Cloud cloud, CompiledPlan plan, Road road, InstantSource clock, Duration timeout) {
    this.cloud = cloud;
    this.plan = plan;
    this.road = road;
    this.clock = clock;
    this.timeout = timeout;
  }

  /// The steps where there was no way to connect.
  ///
  /// @param local what was found on this machine; where that is broken, it is why
  public static List<Step> unconnected(List<Step> local, CloudException why) {
    if (local.stream().anyMatch(step -> step.state() == Step.State.BROKEN)) {
      return local;
    }
    var failure = why.failure();
    var step =
        Step.broken(
            Stage.CREDENTIALS,
            failure.message(),
            local.isEmpty() ? new Remedy.Advice(failure.advice()) : Machine.LOG_IN);
    return Stream.concat(Stream.of(step), local.stream().skip(1)).toList();
  }

  /// Walks.
  ///
  /// @param local what was found on this machine, in order; the first is about credentials
  /// @param told of each step as soon as it stands
  /// @return all of them
  public List<Step> walk(List<Step> local, Consumer<Step> told) throws InterruptedException {
    var walk = new Walk(told);
    walk.run(local);
    return walk.steps;
  }

  private final class Walk {
    private final Policies policies = new Policies(cloud, clock.instant());
    private final Mending mending = new Mending(plan);
    private final CallCheck call = new CallCheck(cloud, road, timeout);
    private final Consumer<Step> told;
    private final List<Step> steps = new ArrayList<>();

    Walk(Consumer<Step> told) {
      this.told = told;
    }

    void run(List<Step> local) throws InterruptedException {
      var project =
          new ProjectCheck(
              cloud.catalog(),
              new Resource.Project(plan.origins().projects().values().iterator().next()));
      var reached = project.reached();
      var isLocal = local.stream().anyMatch(step -> step.stage() == reached.stage());
      local.forEach(step -> tell(step.stage() == reached.stage() ? reached : step));
      if (!isLocal) {
        tell(reached);
      }
      if (isBroken(reached)) {
        return;
      }
      var apis = project.apis();
      tell(apis);
      if (isBroken(apis)) {
        return;
      }
      var account = new AccountCheck(cloud, plan, road).find();
      var service = new ServiceCheck(cloud, plan, road).find();
      var invoking = mayInvoke(account, service);
      var isRecreated = invoking.stage() == Stage.ACCOUNT;
      tell(isRecreated ? invoking : account.step());
      tell(service.step());
      tell(isRecreated ? later(Stage.MAY_INVOKE, "the account") : invoking);
      var impersonation = mayImpersonate(account);
      tell(impersonation);
      if (road.other().isPresent()) {
        tell(unseen(road.other().get()));
        return;
      }
      var minted = mint(account, service, impersonation);
      tell(minted.step());
      tell(
          switch (minted) {
            case CallCheck.Minted.Refused _ -> later(Stage.ANSWER, "the ID token");
            case CallCheck.Minted.Made made when isBroken(invoking) ->
                later(Stage.ANSWER, "who may invoke it");
            case CallCheck.Minted.Made(_, var token) ->
                call.call(
                    service.service().orElseThrow(),
                    service.deployed().orElseThrow(),
                    account.account().orElseThrow(),
                    audience(service.deployed().orElseThrow()),
                    token);
          });
    }

    private CallCheck.Minted mint(
        AccountCheck.Found account, ServiceCheck.Found service, Step impersonation) {
      if (!account.isUsable()) {
        return new CallCheck.Minted.Refused(later(Stage.ID_TOKEN, "the account"));
      }
      if (isBroken(impersonation)) {
        return new CallCheck.Minted.Refused(later(Stage.ID_TOKEN, "who may act as the account"));
      }
      var deployed = service.deployed();
      return deployed.isEmpty() || !service.isUsable()
          ? new CallCheck.Minted.Refused(later(Stage.ID_TOKEN, "the service"))
          : call.mint(account.account().orElseThrow(), audience(deployed.get()));
    }

    private Step mayInvoke(AccountCheck.Found account, ServiceCheck.Found service) {
      if (!account.isUsable()) {
        return later(Stage.MAY_INVOKE, "the account");
      }
      if (!service.isUsable()) {
        return later(Stage.MAY_INVOKE, "the service");
      }
      return new InvokerCheck(policies, mending)
          .check(
              account.account().orElseThrow(),
              account.live(),
              service.service().orElseThrow(),
              service.deployed());
    }

    private Step mayImpersonate(AccountCheck.Found account) {
      if (!account.isUsable()) {
        return later(Stage.MAY_IMPERSONATE, "the account");
      }
      var check = new ImpersonationCheck(cloud.permissions(), policies, mending, road);
      var resource = account.account().orElseThrow();
      return road.other()
          .map(who -> check.ofOther(resource, who))
          .orElseGet(() -> check.ofCaller(resource, cloud.caller().principal()));
    }

    private String audience(RunService deployed) {
      return Optional.ofNullable(road.audience()).orElse(deployed.url());
    }

    private static Step later(Stage stage, String first) {
      return Step.unknown(stage, "not looked at: " + first + " comes first");
    }

    private static boolean isBroken(Step step) {
      return step.state() == Step.State.BROKEN;
    }

    private static Step unseen(Principal who) {
      return Step.unknown(
          Stage.UNSEEN,
          "who is in groups, grants on folders and the organization, what is denied, what has not"
              + " spread yet; "
              + who
              + " sees it by kleos-iam doctor");
    }

    private void tell(Step step) {
      steps.add(step);
      told.accept(step);
    }
  }
}
