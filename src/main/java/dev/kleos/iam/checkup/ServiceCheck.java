package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.cloud.ServiceSuggestion;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.Targets;
import java.util.List;
import java.util.Optional;

/// The service that is called: whether it is deployed, where, and for which audiences.
final class ServiceCheck {

  /// What was found.
  ///
  /// @param service empty where it is not even known which one is meant
  /// @param deployed empty where it may not be seen, or is not there
  record Found(Step step, Optional<Resource.Service> service, Optional<RunService> deployed) {
    /// Whether it makes sense to go on with it.
    boolean isUsable() {
      return service.isPresent() && step.state() != Step.State.BROKEN;
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

  /// Finds it, and looks at it.
  Found find() throws InterruptedException {
    try {
      return look(new Targets(plan).called(road.service()));
    } catch (PlanUsageException e) {
      var message = String.valueOf(e.getMessage());
      var step =
          road.service() == null
              ? Step.unknown(Stage.SERVICE, message)
              : Step.broken(
                  Stage.SERVICE, message, new Remedy.Advice("Name it with --service REGION/NAME."));
      return new Found(step, Optional.empty(), Optional.empty());
    }
  }

  private Found look(Resource.Service service) throws InterruptedException {
    try {
      var deployed = cloud.catalog().service(service);
      return new Found(seen(service, deployed), Optional.of(service), Optional.of(deployed));
    } catch (CloudException.NotFound _) {
      return new Found(missing(service), Optional.of(service), Optional.empty());
    } catch (CloudException e) {
      var step =
          Refusals.elsewhere(e, service.projectId())
              .orElseGet(() ->
                  Refusals.isForbidden(e)
                      ? Step.unknown(
                          Stage.SERVICE, "you may not see its address (run.services.get)")
                      : Step.broken(
                          Stage.SERVICE,
                          e.failure().message(),
                          new Remedy.Advice(e.failure().advice())));
      return new Found(step, Optional.of(service), Optional.empty());
    }
  }

  private Step seen(Resource.Service service, RunService deployed) {
    var audience = road.audience();
    if (audience == null || deployed.accepts(audience)) {
      return Step.fine(
          Stage.SERVICE,
          deployed.url() + (deployed.isInternal() ? ", for callers inside its network alone" : ""));
    }
    return Step.broken(
        Stage.SERVICE,
        deployed.url() + " takes no token for the audience " + audience,
        Remedy.Shell.of(
            "gcloud",
            "run",
            "services",
            "update",
            service.serviceId(),
            "--region",
            service.region(),
            "--project",
            service.projectId(),
            "--add-custom-audiences=" + audience));
  }

  private Step missing(Resource.Service service) throws InterruptedException {
    var what = service.serviceId() + " is not deployed in " + service.region();
    return new ServiceSuggestion(cloud.catalog(), List.of(service))
        .nearest(service)
        .map(near -> near.region() + "/" + near.serviceId())
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
