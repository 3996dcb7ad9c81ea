package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Similar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Finds the service that was probably meant, where the named one is not there: a like name in the
/// same region, or the same name in another. Cloud Run lists one region a call, so all regions are
/// asked at once, and only on this path.
public final class ServiceSuggestion {
  /// The regions of Cloud Run. Source: "Cloud Run locations" in Google's documentation. One that is
  /// missing here costs a suggestion, nothing else.
  private static final List<String> REGIONS =
      List.of(
          "africa-south1",
          "asia-east1",
          "asia-east2",
          "asia-northeast1",
          "asia-northeast2",
          "asia-northeast3",
          "asia-south1",
          "asia-south2",
          "asia-southeast1",
          "asia-southeast2",
          "asia-southeast3",
          "australia-southeast1",
          "australia-southeast2",
          "europe-central2",
          "europe-north1",
          "europe-north2",
          "europe-southwest1",
          "europe-west1",
          "europe-west10",
          "europe-west12",
          "europe-west2",
          "europe-west3",
          "europe-west4",
          "europe-west6",
          "europe-west8",
          "europe-west9",
          "me-central1",
          "me-central2",
          "me-west1",
          "northamerica-northeast1",
          "northamerica-northeast2",
          "northamerica-south1",
          "southamerica-east1",
          "southamerica-west1",
          "us-central1",
          "us-east1",
          "us-east4",
          "us-east5",
          "us-south1",
          "us-west1",
          "us-west2",
          "us-west3",
          "us-west4");

  private final Catalog catalog;
  private final Set<String> regions = new LinkedHashSet<>(REGIONS);
  private final Map<String, List<Resource.Service>> listed = new HashMap<>();

  /// Looks for the given services, also in regions that are not known here.
  public ServiceSuggestion(Catalog catalog, Collection<Resource.Service> missing) {
    this.catalog = catalog;
    missing.forEach(service -> regions.add(service.region()));
  }

  /// The failure with the nearest service added to its advice, where there is one.
  Failure amend(Resource.Service missing, Failure failure) throws InterruptedException {
    return nearest(missing)
        .map(near ->
            failure.withAdvice(
                "There is a service \""
                    + near.serviceId()
                    + "\" in "
                    + near.region()
                    + ": if that is meant, write "
                    + near.region()
                    + "/"
                    + near.serviceId()
                    + " in the plan file."))
        .orElse(failure);
  }

  /// The service that is nearest to one that is not there.
  public Optional<Resource.Service> nearest(Resource.Service missing) throws InterruptedException {
    var services = services(missing.projectId());
    return services.stream()
        .filter(service -> service.serviceId().equals(missing.serviceId()))
        .findFirst()
        .or(() -> similar(missing, inRegion(services, missing.region())))
        .or(() -> similar(missing, services));
  }

  /// A project's services, listed once however many are missing.
  private List<Resource.Service> services(String projectId) throws InterruptedException {
    var known = listed.get(projectId);
    if (known != null) {
      return known;
    }
    var tasks = new ArrayList<Callable<List<Resource.Service>>>();
    for (var region : regions) {
      tasks.add(() -> services(projectId, region));
    }
    var services = Concurrently.all(tasks).stream().flatMap(List::stream).toList();
    listed.put(projectId, services);
    return services;
  }

  private static List<Resource.Service> inRegion(List<Resource.Service> services, String region) {
    return services.stream().filter(service -> service.region().equals(region)).toList();
  }

  private static Optional<Resource.Service> similar(
      Resource.Service missing, List<Resource.Service> services) {
    return Similar.nearest(missing.serviceId(), services, Resource.Service::serviceId);
  }

  /// A suggestion is a kindness: what cannot be listed is not suggested.
  private List<Resource.Service> services(String projectId, String region) {
    try {
      return catalog.services(projectId, region);
    } catch (CloudException e) {
      return List.of();
    }
  }
}
