package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.cloud.ServiceSuggestion;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.CalledService;
import dev.kleos.iam.workflow.ServiceAddress;
import dev.kleos.iam.workflow.Targets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service: where it is called, and by tokens for which audiences.
final class ServiceCheck {
  private static final Remedy NAME_IT =
      new Remedy.Advice("Name it with --service: as REGION/NAME, or by its https address.");

  /// What was found.
  ///
  /// @param service empty where it is not even known which one is meant, or it is named by its
  ///   address
  /// @param called empty where it is not known how it is called
  record Found(Step step, Optional<Resource.Service> service, Optional<CalledService> called) {
    /// Whether it makes sense to go on with it.
    boolean isUsable() {
      return !step.isBroken() && (service.isPresent() || called.isPresent());
    }

    /// What is known of it; empty where it may not be seen.
    Optional<RunService> deployed() {
      return called.flatMap(CalledService::deployed);
    }
  }

  private final Cloud cloud;
  private final CompiledPlan plan;
  private final Road road;

  ServiceCheck(Cloud cloud, CompiledPlan plan, Road road) {
    this.cloud = cloud;
    this.plan = plan;
    this.road = road;
  }

  /// The one that is meant, where it is not named by its address; asks nobody.
  Optional<Resource.Service> named() {
    var named = road.service();
    try {
      return named != null && ServiceAddress.isOne(named)
          ? Optional.empty()
          : Optional.of(new Targets(plan).called(named));
    } catch (PlanUsageException e) {
      return Optional.empty();
    }
  }

  /// Finds it, and looks at it.
  Found find() throws InterruptedException {
    var named = road.service();
    try {
      return named != null && ServiceAddress.isOne(named)
          ? addressed(named)
          : look(new Targets(plan).called(named));
    } catch (PlanUsageException e) {
      return new Found(unnamed(named, e), Optional.empty(), Optional.empty());
    }
  }

  private static Step unnamed(@Nullable String named, PlanUsageException e) {
    var message = String.valueOf(e.getMessage());
    return named == null
        ? Step.unknown(Stage.SERVICE, message).with(NAME_IT)
        : Step.broken(Stage.SERVICE, message, NAME_IT);
  }

  /// Whoever has its address needs to see nothing of it.
  private static Found addressed(String address) {
    var audience = ServiceAddress.audience(ServiceAddress.checked(address));
    return new Found(
        Step.fine(Stage.SERVICE, address + ", as it is named"),
        Optional.empty(),
        Optional.of(new CalledService(Optional.empty(), Optional.empty(), address, audience)));
  }

  private Found look(Resource.Service service) throws InterruptedException {
    try {
      var deployed = cloud.catalog().service(service);
      var called =
          new CalledService(
              Optional.of(service), Optional.of(deployed), deployed.url(), deployed.url());
      return new Found(seen(service, deployed), Optional.of(service), Optional.of(called));
    } catch (CloudException.NotFound _) {
      return new Found(missing(service), Optional.of(service), Optional.empty());
    } catch (CloudException e) {
      var step =
          Refusals.isForbidden(e)
              ? unseen(service)
              : Refusals.step(Stage.SERVICE, e, service.projectId());
      return new Found(step, Optional.of(service), Optional.empty());
    }
  }

  private Step seen(Resource.Service service, RunService deployed) {
    if (deployed.url().isEmpty()) {
      return Step.broken(
          Stage.SERVICE,
          service.regionAndId() + " has no address yet",
          new Remedy.Advice("Deploy a revision of it that starts."));
    }
    var audience = road.audience();
    if (audience == null || deployed.accepts(audience)) {
      return Step.fine(
          Stage.SERVICE,
          deployed.url()
              + (deployed.isInternal()
                  ? ", for callers inside its network or by its load balancer alone"
                  : ""));
    }
    return Step.broken(
        Stage.SERVICE,
        deployed.url() + " takes no token for the audience " + audience,
        Mending.ofService(service, "update", "--add-custom-audiences=" + audience));
  }

  /// Who calls it by its name has to see its address; for somebody else only he can tell.
  private Step unseen(Resource.Service service) {
    var finding =
        "there is no "
            + service.regionAndId()
            + ", or you may not see its address ("
            + Lack.of("run.services.get")
            + ")";
    if (road.other().isPresent()) {
      return Step.unknown(Stage.SERVICE, finding);
    }
    return Step.broken(
        Stage.SERVICE,
        finding + "; if you know it: --service https://…",
        cloud
            .caller()
            .principal()
            .map(who -> letSee(service, who))
            .orElseGet(() -> new Remedy.Advice("Ask whoever deployed it for its address.")));
  }

  private static Remedy letSee(Resource.Service service, Principal who) {
    return Mending.ofService(
        service,
        "add-iam-policy-binding",
        "--member",
        who.spelling(),
        "--role",
        "roles/run.viewer",
        "--condition",
        "None");
  }

  private Step missing(Resource.Service service) throws InterruptedException {
    var what = service.serviceId() + " is not deployed in " + service.region();
    return new ServiceSuggestion(cloud.catalog(), List.of(service))
        .nearest(service)
        .map(Resource.Service::regionAndId)
        .map(near ->
            Step.broken(
                Stage.SERVICE, what + "; there is " + near, road.again(road.account(), near)))
        .orElseGet(() ->
            Step.broken(
                Stage.SERVICE,
                what,
                new Remedy.Advice("Deploy it, or name another one with --service.")));
  }
}
