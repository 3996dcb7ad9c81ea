package dev.kleos.iam.cli;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.ServiceLookup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a token is for.
final class AudienceOptions {
  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = {
        "The service that it is for, by name or address.",
        "NAME or REGION/NAME, or https://…. By default the plan's only service."
      })
  private @Nullable String service;

  @Option(
      names = "--audience",
      paramLabel = "URL",
      converter = AudienceConverter.class,
      description = {"What it is for, as it is; asks for no service.", "As a service checks it."})
  private @Nullable String audience;

  @Option(names = "--access", description = "Print a token for Google's own APIs instead.")
  private boolean access;

  /// The audience of an ID token; null for an access token.
  @Nullable String of(Session session) throws InterruptedException {
    if (access || audience != null) {
      return audience;
    }
    if (service == null && !hasService(session.plan())) {
      throw new PlanUsageException(
          "no plan names a service; say which with --service REGION/NAME, or its address with"
              + " --audience https://HOST");
    }
    var byAddress = "Or name its address, which asks for no service: --audience https://HOST";
    return new ServiceLookup(session.cloud().catalog(), session.plan(), byAddress)
        .find(service)
        .audience();
  }

  /// Asks nobody.
  ///
  /// @throws PlanUsageException where the options do not go together
  void check() {
    if (service != null && audience != null) {
      throw new PlanUsageException("--service and --audience say the same; keep one of them");
    }
    if (access && (service != null || audience != null)) {
      throw new PlanUsageException("--access is for all of Google's APIs; leave the service out");
    }
  }

  private static boolean hasService(CompiledPlan plan) {
    return plan.desired().policies().stream()
        .anyMatch(policy -> policy.resource() instanceof Resource.Service);
  }
}
