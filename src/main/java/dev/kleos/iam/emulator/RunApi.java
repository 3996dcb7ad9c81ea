package dev.kleos.iam.emulator;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.grpc.stub.StreamObserver;

/// `google.cloud.run.v2.Services`: Cloud Run services, to read, and their policies.
final class RunApi extends ServicesGrpc.ServicesImplBase {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final World world;
  private final Permitted permitted;
  private final Addresses addresses;
  private final PolicyCalls policies;

  RunApi(World world, Permitted permitted, Addresses addresses) {
    this.world = world;
    this.permitted = permitted;
    this.addresses = addresses;
    this.policies = new PolicyCalls(world, ResourceKind.SERVICE);
  }

  @Override
  public void getService(
      GetServiceRequest request, StreamObserver<com.google.cloud.run.v2.Service> caller) {
    Answer.to(
        caller,
        () -> world.read(() -> view(permitted.service(request.getName(), "run.services.get"))));
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> caller) {
    Answer.to(caller, () -> world.read(() -> list(request)));
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.get(
        request, caller, name -> permitted.service(name, "run.services.getIamPolicy").key());
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.set(
        request, caller, name -> permitted.service(name, "run.services.setIamPolicy").key());
  }

  @Override
  public void testIamPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> caller) {
    Answer.to(caller, () -> permitted.test(request, ResourceName.OfService.class));
  }

  /// **Documented**: the location `-` is rejected. Size and order of the pages are **assumed**.
  private ListServicesResponse list(ListServicesRequest request) {
    if (!(ResourceName.parse(request.getParent()).orElse(null)
            instanceof ResourceName.OfLocation parent)
        || parent.location().equals("-")) {
      throw Errors.invalidArgument();
    }
    var project = permitted.location(parent, request.getParent(), "run.services.list");
    var prefix = new Service(project.id(), parent.location(), "").key();
    var after = PageTokens.parse(request.getPageToken());
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var rows =
        world
            .services
            .rows()
            .tailMap(after.startsWith(prefix) ? after : prefix, false)
            .values()
            .stream()
            .takeWhile(service -> service.key().startsWith(prefix))
            .limit(size + 1L)
            .toList();
    var page = PageTokens.page(rows, size, after, Service::key);
    return ListServicesResponse.newBuilder()
        .addAllServices(page.rows().stream().map(this::view).toList())
        .setNextPageToken(page.next())
        .build();
  }

  private com.google.cloud.run.v2.Service view(Service service) {
    var project = world.projects.find(service.project()).orElseThrow();
    return RunView.of(service, addresses.of(service, project));
  }
}
