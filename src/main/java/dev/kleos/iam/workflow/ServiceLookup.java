package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.cloud.ServiceSuggestion;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds where a service is called.
///
/// @param byAddress what to do instead for somebody who may not see services; a sentence
public record ServiceLookup(Catalog catalog, CompiledPlan plan, String byAddress) {
  /// The service that is meant: by its address, which asks nobody, or as [Targets#called] has it.
  ///
  /// @throws dev.kleos.iam.planfile.PlanUsageException where it cannot be told which one is meant
  /// @throws CloudException where Google does not tell its address; one that is not there comes
  ///   with the nearest that is
  public CalledService find(@Nullable String named) throws InterruptedException {
    if (named != null && ServiceAddress.isOne(named)) {
      var url = ServiceAddress.checked(named);
      return new CalledService(
          Optional.empty(), Optional.empty(), url.toString(), ServiceAddress.audience(url));
    }
    var service = new Targets(plan).called(named);
    var deployed = deployed(service);
    if (deployed.url().isEmpty()) {
      throw new CloudException.Unavailable(
          Failure.of(
              "FAILED_PRECONDITION",
              service.name(),
              service.name() + " has no address yet.",
              "Deploy a revision of it that starts, then run the same command again."));
    }
    return new CalledService(
        Optional.of(service), Optional.of(deployed), deployed.url(), deployed.url());
  }

  private RunService deployed(Resource.Service service) throws InterruptedException {
    try {
      return catalog.service(service);
    } catch (CloudException.NotFound e) {
      throw new CloudException.NotFound(
          new ServiceSuggestion(catalog, List.of(service))
              .nearest(service)
              .map(near -> e.failure().withAdvice("Did you mean " + near.regionAndId() + "?"))
              .orElse(e.failure()));
    } catch (CloudException.Denied e) {
      if (e.reason() != Reason.PERMISSION) {
        throw e;
      }
      throw new CloudException.Denied(
          e.failure().withAdvice(e.failure().advice() + " " + byAddress));
    }
  }
}
