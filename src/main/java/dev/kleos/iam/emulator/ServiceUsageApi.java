package dev.kleos.iam.emulator;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.BatchEnableServicesResponse;
import com.google.api.serviceusage.v1.DisableServiceRequest;
import com.google.api.serviceusage.v1.DisableServiceResponse;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceResponse;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.ListServicesRequest;
import com.google.api.serviceusage.v1.ListServicesResponse;
import com.google.api.serviceusage.v1.Service;
import com.google.api.serviceusage.v1.ServiceUsageGrpc;
import com.google.api.serviceusage.v1.State;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Predicate;

/// `google.api.serviceusage.v1.ServiceUsage`: which APIs a project has enabled. Reading several at
/// once answers UNIMPLEMENTED.
///
/// What takes its time at Google is done at once here, as Google answers where there is nothing to
/// do (**recorded**); its operation cannot be asked for again (**recorded** too), so that there are
/// none to be read.
final class ServiceUsageApi extends ServiceUsageGrpc.ServiceUsageImplBase {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_BATCH = 20;

  private final World world;
  private final UsageNames names;

  ServiceUsageApi(World world, Permitted permitted) {
    this.world = world;
    this.names = new UsageNames(permitted);
  }

  @Override
  public void getService(GetServiceRequest request, StreamObserver<Service> caller) {
    Answer.to(caller, () -> world.read(() -> view(names.service(request.getName(), "get"))));
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> caller) {
    Answer.to(caller, () -> world.read(() -> list(request)));
  }

  @Override
  public void enableService(EnableServiceRequest request, StreamObserver<Operation> caller) {
    Answer.to(caller, () -> world.write(() -> enable(names.service(request.getName(), "enable"))));
  }

  @Override
  public void batchEnableServices(
      BatchEnableServicesRequest request, StreamObserver<Operation> caller) {
    Answer.to(caller, () -> world.write(() -> enable(request)));
  }

  @Override
  public void disableService(DisableServiceRequest request, StreamObserver<Operation> caller) {
    Answer.to(
        caller, () -> world.write(() -> disable(names.service(request.getName(), "disable"))));
  }

  /// **Documented**: the filter's values, and the sizes of pages.
  private ListServicesResponse list(ListServicesRequest request) {
    var project = names.parent(request.getParent(), "list", "");
    Predicate<Service> wanted =
        switch (request.getFilter()) {
          case "" -> _ -> true;
          case "state:ENABLED" -> service -> service.getState() == State.ENABLED;
          case "state:DISABLED" -> service -> service.getState() == State.DISABLED;
          default -> throw Errors.invalidArgument();
        };
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    var rows =
        ApiHosts.TITLES.tailMap(after + "\0").keySet().stream()
            .map(api -> view(new UsageNames.Usage(project, api)))
            .filter(wanted)
            .limit(size + 1L)
            .toList();
    var page = PageTokens.page(rows, size, after, service -> service.getConfig().getName());
    return ListServicesResponse.newBuilder()
        .addAllServices(page.rows())
        .setNextPageToken(page.next())
        .build();
  }

  private Operation enable(UsageNames.Usage usage) {
    world.apis.enable(usage.project(), usage.api());
    return done(EnableServiceResponse.newBuilder().setService(view(usage)).build());
  }

  /// **Documented**: all of them or none, and how many there may be.
  private Operation enable(BatchEnableServicesRequest request) {
    var apis = List.copyOf(request.getServiceIdsList());
    if (apis.isEmpty() || apis.size() > MAX_BATCH) {
      throw Errors.invalidArgument();
    }
    var answer = BatchEnableServicesResponse.newBuilder();
    for (var api : apis) {
      var usage = names.service(request.getParent() + "/services/" + api, "enable");
      world.apis.enable(usage.project(), usage.api());
      answer.addServices(view(usage));
    }
    return done(answer.build());
  }

  /// **Documented**: only what is enabled can be disabled; the text is **assumed**, and so is it
  /// that nothing here depends on another API, or was in use.
  private Operation disable(UsageNames.Usage usage) {
    if (!world.apis.has(usage.project(), usage.api())) {
      throw Errors.of(
          Code.FAILED_PRECONDITION,
          "The service " + usage.api() + " is not enabled for the project.");
    }
    world.apis.disable(usage.project(), usage.api());
    return done(DisableServiceResponse.newBuilder().setService(view(usage)).build());
  }

  /// **Recorded**: the name.
  private static Operation done(Message answer) {
    return Operation.newBuilder()
        .setName("operations/noop.DONE_OPERATION")
        .setDone(true)
        .setResponse(Any.pack(answer))
        .build();
  }

  /// **Documented**: names hold the number, whichever was asked for.
  private Service view(UsageNames.Usage usage) {
    var parent = "projects/" + usage.project().number();
    var enabled = world.apis.has(usage.project(), usage.api());
    var service =
        Service.newBuilder()
            .setName(parent + "/services/" + usage.api())
            .setParent(parent)
            .setState(enabled ? State.ENABLED : State.DISABLED);
    service.getConfigBuilder().setName(usage.api()).setTitle(usage.title());
    return service.build();
  }
}
