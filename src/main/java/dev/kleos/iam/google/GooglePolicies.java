package dev.kleos.iam.google;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.ApiException;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;

/// Allow policies by the client of whatever they are attached to.
final class GooglePolicies implements Policies {
  private final Clients clients;

  GooglePolicies(Clients clients) {
    this.clients = clients;
  }

  @Override
  public AllowPolicy read(Resource resource) {
    var request =
        GetIamPolicyRequest.newBuilder()
            .setResource(resource.name())
            .setOptions(GetPolicyOptions.newBuilder().setRequestedPolicyVersion(PolicyWire.VERSION))
            .build();
    try {
      return guarded(
          resource,
          switch (resource) {
            case Resource.Account _ -> clients.iam().getIamPolicy(request);
            case Resource.Service _ -> clients.run().getIamPolicy(request);
            case Resource.Project _ -> clients.projects().getIamPolicy(request);
          });
    } catch (ApiException e) {
      throw clients.error(e, new Call(collection(resource) + ".getIamPolicy", resource));
    }
  }

  @Override
  public Result compareAndSet(Resource resource, AllowPolicy next) {
    if (!next.exists()) {
      throw new IllegalArgumentException("a write without an etag would overwrite blindly");
    }
    var request =
        SetIamPolicyRequest.newBuilder()
            .setResource(resource.name())
            .setPolicy(PolicyWire.wire(next))
            .build();
    try {
      return new Stored(
          understood(
              resource,
              switch (resource) {
                case Resource.Account _ -> clients.iam().setIamPolicy(request);
                case Resource.Service _ -> clients.run().setIamPolicy(request);
                case Resource.Project _ -> clients.projects().setIamPolicy(request);
              }));
    } catch (AbortedException e) {
      return new Conflict();
    } catch (ApiException e) {
      if (Errors.isStaleEtag(e)) {
        return new Conflict();
      }
      throw clients.error(e, new Call(collection(resource) + ".setIamPolicy", resource));
    }
  }

  /// A policy without an etag could only be written back blindly, so it counts as not readable.
  private static AllowPolicy guarded(Resource resource, Policy wire) {
    if (wire.getEtag().isEmpty()) {
      throw new CloudException.Unavailable(
          Failure.of(
              "DATA_LOSS",
              resource.name(),
              "Google answered with a policy that has no etag, so it cannot be changed safely.",
              "Try again; if it stays so, report it to Google."));
    }
    return understood(resource, wire);
  }

  /// A grant of nothing, or to nobody, is none that could be shown or sent back.
  private static AllowPolicy understood(Resource resource, Policy wire) {
    if (wire.getBindingsList().stream().anyMatch(GooglePolicies::isNameless)) {
      throw new CloudException.Unavailable(
          Failure.of(
              "DATA_LOSS",
              resource.name(),
              "Google answered with a grant that has no role, or nobody as its member.",
              "Try again; if it stays so, report it to Google."));
    }
    return PolicyWire.unwire(wire);
  }

  private static boolean isNameless(Binding binding) {
    return binding.getRole().isEmpty() || binding.getMembersList().contains("");
  }

  private static String collection(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "iam.serviceAccounts";
      case Resource.Service _ -> "run.services";
      case Resource.Project _ -> "resourcemanager.projects";
    };
  }
}
