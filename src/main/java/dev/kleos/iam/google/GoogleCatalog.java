package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.run.v2.ListServicesRequest;
import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;

/// Projects and services by the Resource Manager and Cloud Run clients.
final class GoogleCatalog implements Catalog {
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
      for (var service : clients.run().listServices(request).iterateAll()) {
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
  public String serviceUrl(Resource.Service service) {
    try {
      return clients.run().getService(service.name()).getUri();
    } catch (ApiException e) {
      throw clients.error(e, new Call("run.services.get", service));
    }
  }
}
