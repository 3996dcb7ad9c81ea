package dev.kleos.iam.emulator.server;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.World;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Cloud Run v1, which is Knative's API: services, to read. It has no protos.
///
/// **Recorded**: gcloud lists by `/v1/projects/P/locations/-/services` and describes by Knative's
/// own paths, whose region is the first part of the host's name.
record Knative(Upstream upstream, World world) implements RestHandler {
  private static final Pattern LOCATED =
      Pattern.compile("v1/projects/([^/]+)/locations/([^/]+)/services(?:/([^/:]+))?");
  private static final Pattern NAMESPACED =
      Pattern.compile("apis/serving\\.knative\\.dev/v1/namespaces/([^/]+)/services(?:/([^/]+))?");
  private static final Pattern REGION = Pattern.compile("([a-z]+-[a-z]+[0-9]+)-.*");

  /// Where to ask in a project without services: the answer shows whether it may be asked at all.
  private static final String SOME_REGION = "us-central1";

  /// @param region `-` for all of them
  /// @param service empty for all of them
  private record Target(String project, String region, Optional<String> service) {}

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    return request.verb().equals("GET")
        ? target(request)
            .map(target -> RestAnswer.ok(new Asking(this, request, target.project()).of(target)))
        : Optional.empty();
  }

  private static Optional<Target> target(RestRequest request) {
    var path = request.joinedPath();
    var located = LOCATED.matcher(path);
    if (located.matches()) {
      return Optional.of(
          new Target(located.group(1), located.group(2), Optional.ofNullable(located.group(3))));
    }
    var namespaced = NAMESPACED.matcher(path);
    if (!namespaced.matches()) {
      return Optional.empty();
    }
    var region = REGION.matcher(request.host());
    return Optional.of(
        new Target(
            namespaced.group(1),
            region.matches() ? region.group(1) : "-",
            Optional.ofNullable(namespaced.group(2))));
  }

  /// The calls that one request takes.
  private record Asking(Knative knative, RestRequest request, String project) {
    JsonObject of(Target target) {
      var regions = regions(target.region());
      return target.service().map(service -> get(regions, service)).orElseGet(() -> list(regions));
    }

    private List<String> regions(String asked) {
      if (!asked.equals("-")) {
        return List.of(asked);
      }
      var regions = List.copyOf(knative.world().regions(project));
      return regions.isEmpty() ? List.of(SOME_REGION) : regions;
    }

    /// From the first region that has it, as far as the caller may know: whoever may ask for one
    /// service alone is denied all others, and those that are not there.
    private JsonObject get(List<String> regions, String service) {
      for (var region : regions.subList(0, regions.size() - 1)) {
        try {
          return get(region, service);
        } catch (StatusRuntimeException e) {
          var code = e.getStatus().getCode();
          if (code != Code.NOT_FOUND && code != Code.PERMISSION_DENIED) {
            throw e;
          }
        }
      }
      return get(regions.getLast(), service);
    }

    private JsonObject get(String region, String service) {
      var name = parent(region) + "/services/" + service;
      return view(run().getService(GetServiceRequest.newBuilder().setName(name).build()));
    }

    private JsonObject list(List<String> regions) {
      var views = new ArrayList<JsonObject>();
      for (var region : regions) {
        var page = ListServicesRequest.newBuilder().setParent(parent(region));
        do {
          var answer = run().listServices(page.build());
          answer.getServicesList().forEach(service -> views.add(view(service)));
          page.setPageToken(answer.getNextPageToken());
        } while (!page.getPageToken().isEmpty());
      }
      return KnativeView.list(views);
    }

    private ServicesGrpc.ServicesBlockingStub run() {
      return ServicesGrpc.newBlockingStub(knative.upstream().as(request));
    }

    private String parent(String region) {
      return "projects/" + project + "/locations/" + region;
    }

    private JsonObject view(Service service) {
      return KnativeView.of(service, knative.world().projectNumber(project).orElse(project));
    }
  }
}
