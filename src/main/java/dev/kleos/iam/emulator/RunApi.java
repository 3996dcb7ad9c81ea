package dev.kleos.iam.emulator;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import io.grpc.stub.StreamObserver;

/// `google.cloud.run.v2.Services`: Cloud Run services, to read, and their policies.
final class RunApi extends ServicesGrpc.ServicesImplBase {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final World world;
  private final Addresses addresses;
  private final PolicyCalls policies;

  RunApi(World world, Addresses addresses) {
    this.world = world;
    this.addresses = addresses;
    this.policies = new PolicyCalls(world, ResourceKind.SERVICE);
  }

  @Override
  public void getService(
      GetServiceRequest request, StreamObserver<com.google.cloud.run.v2.Service> caller) {
    Answer.to(
        caller,
        () -> world.read(() -> view(require(world, request.getName(), "run.services.get"))));
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> caller) {
    Answer.to(caller, () -> world.read(() -> list(request)));
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.get(request, caller, name -> require(world, name, "run.services.getIamPolicy").key());
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.set(request, caller, name -> require(world, name, "run.services.setIamPolicy").key());
  }

  /// The code and text for a missing service are **assumed**, and so is it that a missing project
  /// is denied.
  static Service require(World world, String name, String permission) {
    if (!(ResourceName.parse(name).orElse(null)
        instanceof ResourceName.OfService(var project, var region, var service))) {
      throw Errors.invalidArgument();
    }
    var id = project(world, project, permission).id();
    return world
        .services
        .get(new Service(id, region, service).key())
        .orElseThrow(() ->
            Errors.notFound(
                "Resource '"
                    + service
                    + "' of kind 'SERVICE' in region '"
                    + region
                    + "' in project '"
                    + id
                    + "' does not exist."));
  }

  private static Project project(World world, String idOrNumber, String permission) {
    return world.projects.find(idOrNumber).orElseThrow(() -> Errors.denied(permission));
  }

  /// **Documented**: the location `-` is rejected. Size and order of the pages are **assumed**.
  private ListServicesResponse list(ListServicesRequest request) {
    if (!(ResourceName.parse(request.getParent()).orElse(null)
            instanceof ResourceName.OfLocation(var idOrNumber, var location))
        || location.equals("-")) {
      throw Errors.invalidArgument();
    }
    var project = project(world, idOrNumber, "run.services.list");
    var prefix = new Service(project.id(), location, "").key();
    var after = PageTokens.parse(request.getPageToken());
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var page =
        world
            .services
            .rows()
            .tailMap(after.startsWith(prefix) ? after : prefix, false)
            .values()
            .stream()
            .takeWhile(service -> service.key().startsWith(prefix))
            .limit(size + 1L)
            .toList();
    var answer = ListServicesResponse.newBuilder();
    page.stream().limit(size).forEach(service -> answer.addServices(view(service)));
    if (page.size() > size) {
      answer.setNextPageToken(PageTokens.after(page.get(size - 1).key()));
    }
    return answer.build();
  }

  private com.google.cloud.run.v2.Service view(Service service) {
    var project = project(world, service.project(), "run.services.get");
    return RunView.of(service, addresses.of(service, project));
  }
}
