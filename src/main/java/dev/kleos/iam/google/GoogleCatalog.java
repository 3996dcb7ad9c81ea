package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.State;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Projects, services, roles and APIs, each by the client that knows of them.
final class GoogleCatalog implements Catalog {
  /// Both take no call that comes from outside, straight to the service's address. Source: the
  /// API's own description.
  private static final Set<IngressTraffic> INTERNAL =
      Set.of(
          IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY,
          IngressTraffic.INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER);

  private final Clients clients;

  GoogleCatalog(Clients clients) {
    this.clients = clients;
  }

  @Override
  public String projectNumber(Resource.Project project) {
    try {
      var name = clients.projects().getProject(project.name()).getName();
      return name.substring(name.indexOf('/') + 1);
    } catch (ApiException e) {
      throw clients.error(e, new Call("resourcemanager.projects.get", project));
    }
  }

  @Override
  public List<Resource.Service> services(String projectId, String region) {
    var parent = "projects/" + projectId + "/locations/" + region;
    try {
      var services = new ArrayList<Resource.Service>();
      var request = ListServicesRequest.newBuilder().setParent(parent).build();
      var pages = clients.run().listServices(request).iteratePages();
      for (var service : Pages.all(pages, parent)) {
        var name = service.getName();
        services.add(
            new Resource.Service(projectId, region, name.substring(name.lastIndexOf('/') + 1)));
      }
      return services;
    } catch (ApiException e) {
      throw clients.error(e, new Call("run.services.list", new Resource.Project(projectId)));
    }
  }

  @Override
  public RunService service(Resource.Service service) {
    try {
      var found = clients.run().getService(service.name());
      return new RunService(
          found.getUri(),
          found.getUrlsList(),
          found.getCustomAudiencesList(),
          INTERNAL.contains(found.getIngress()),
          found.getInvokerIamDisabled());
    } catch (ApiException e) {
      throw clients.error(e, new Call("run.services.get", service));
    }
  }

  @Override
  public boolean isEnabled(Resource.Project project, String api) {
    try {
      var request =
          GetServiceRequest.newBuilder().setName(project.name() + "/services/" + api).build();
      return clients.rare().usage().getService(request).getState() == State.ENABLED;
    } catch (ApiException e) {
      throw clients.error(e, new Call("serviceusage.services.get", project));
    }
  }

  @Override
  public Set<String> permissions(Role role) {
    try {
      var found = clients.iam().getRole(GetRoleRequest.newBuilder().setName(role.name()).build());
      return Set.copyOf(found.getIncludedPermissionsList());
    } catch (ApiException e) {
      throw clients.error(e, new Call("iam.roles.get", projectOf(role)));
    }
  }

  /// A custom role is its project's; a predefined one is nobody's.
  private static Resource projectOf(Role role) {
    var parts = role.name().split("/", 3);
    return new Resource.Project(parts[0].equals("projects") ? parts[1] : "-");
  }
}
