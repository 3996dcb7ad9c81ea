package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.authorization;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.BatchEnableServicesResponse;
import com.google.api.serviceusage.v1.DisableServiceRequest;
import com.google.api.serviceusage.v1.DisableServiceResponse;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceResponse;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.ListServicesRequest;
import com.google.api.serviceusage.v1.Service;
import com.google.api.serviceusage.v1.ServiceUsageGrpc;
import com.google.api.serviceusage.v1.ServiceUsageGrpc.ServiceUsageBlockingStub;
import com.google.api.serviceusage.v1.State;
import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which APIs a project has enabled, and who may ask for that and change it.
class ServiceUsageTest {
  private static final String RUN = "run.googleapis.com";
  private static final List<String> ALL =
      List.of(
          "cloudresourcemanager.googleapis.com",
          "iam.googleapis.com",
          "iamcredentials.googleapis.com",
          "run.googleapis.com",
          "serviceusage.googleapis.com");

  private final Google google = Google.demo();
  private final ServiceUsageBlockingStub usage = ServiceUsageGrpc.newBlockingStub(google.channel);

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kleos-demo", "123456789012"})
  void anApi_isEnabled_untilItIsDisabled_andAgainWhenItIsEnabled(String project) {
    var name = "projects/" + project + "/services/" + RUN;
    assertThat(get(name)).isEqualTo(service(RUN, "Cloud Run Admin API", State.ENABLED));

    assertDone(disable(name), DisableServiceResponse.class)
        .extracting("service")
        .isEqualTo(get(name));
    assertThat(get(name).getState()).isEqualTo(State.DISABLED);

    assertDone(enable(name), EnableServiceResponse.class)
        .extracting("service")
        .isEqualTo(get(name));
    assertThat(get(name).getState()).isEqualTo(State.ENABLED);
    assertDone(enable(name), EnableServiceResponse.class).isNotNull();
  }

  @Test
  void anApiOfOneProject_isNotThatOfAnother() {
    google.emulator.world().ensureProject("another");
    disable(name(RUN));

    assertThat(get("projects/another/services/" + RUN).getState()).isEqualTo(State.ENABLED);
  }

  @Test
  void whatIsNotEnabled_cannotBeDisabled() {
    disable(name(RUN));

    assertThat(failure(() -> disable(name(RUN))))
        .hasMessage(
            "FAILED_PRECONDITION: The service run.googleapis.com is not enabled for the project.");
  }

  @Test
  void batchEnable_enablesAllOfThem_orNone() {
    disable(name(RUN));
    disable(name("iam.googleapis.com"));

    assertThat(failure(() -> batch(List.of(RUN, "nothing.googleapis.com"))).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(get(name(RUN)).getState()).isEqualTo(State.DISABLED);

    assertDone(batch(List.of(RUN, "iam.googleapis.com")), BatchEnableServicesResponse.class)
        .extracting("servicesList")
        .isEqualTo(List.of(get(name(RUN)), get(name("iam.googleapis.com"))));
    assertThat(get(name(RUN)).getState()).isEqualTo(State.ENABLED);
  }

  @Test
  void batchEnable_ofNoneOrTooMany_isInvalid() {
    assertInvalid(failure(() -> batch(List.of())));
    assertInvalid(failure(() -> batch(IntStream.range(0, 21).mapToObj(_ -> RUN).toList())));
  }

  @Test
  void list_isOfAll_orOfThoseInAState_inPages() {
    disable(name(RUN));

    assertThat(names(ListServicesRequest.getDefaultInstance())).isEqualTo(ALL);
    assertThat(names(ListServicesRequest.newBuilder().setFilter("state:ENABLED").build()))
        .isEqualTo(ALL.stream().filter(api -> !api.equals(RUN)).toList());
    assertThat(names(ListServicesRequest.newBuilder().setFilter("state:DISABLED").build()))
        .containsExactly(RUN);
    assertThat(names(ListServicesRequest.newBuilder().setPageSize(2).build())).isEqualTo(ALL);
    assertInvalid(
        failure(() -> names(ListServicesRequest.newBuilder().setFilter("state:X").build())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "services/run.googleapis.com",
        "projects/kleos-demo/services/",
        "folders/1/services/run.googleapis.com",
        "projects/kleos-demo/services/a/b",
      })
  void aNameOfAnotherForm_isInvalid(String name) {
    assertInvalid(failure(() -> get(name)));
  }

  @Test
  void anUnknownApi_isRefused_asGoogleDoes() {
    var failure = failure(() -> enable(name("nothing.googleapis.com")));

    assertThat(failure)
        .hasMessage(
            "PERMISSION_DENIED: Not found or permission denied for service(s): nothing.googleapis.com.");
    assertThat(info(failure).getReason())
        .isEqualTo("SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED");
    assertThat(info(failure).getMetadataMap())
        .isEqualTo(Map.of("services", "nothing.googleapis.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "get, roles/serviceusage.serviceUsageViewer, roles/run.viewer",
    "list, roles/serviceusage.serviceUsageConsumer, roles/run.viewer",
    "enable, roles/serviceusage.serviceUsageAdmin, roles/serviceusage.serviceUsageViewer",
    "disable, roles/serviceusage.serviceUsageAdmin, roles/serviceusage.serviceUsageConsumer",
  })
  void eachMethod_takesItsPermission_onTheProject(String verb, String enough, String tooLittle) {
    grant(enough);
    assertThat(call(verb, "kleos-demo")).isNotNull();

    grant(tooLittle);
    var failure = failure(() -> call(verb, "kleos-demo"));
    var what = verb.equals("list") ? "list services" : verb + " service [" + RUN + "]";
    assertThat(failure).hasMessage("PERMISSION_DENIED: Permission denied to " + what);
    assertThat(info(failure))
        .isEqualTo(
            ErrorInfo.newBuilder()
                .setReason("AUTH_PERMISSION_DENIED")
                .setDomain("serviceusage.googleapis.com")
                .putMetadata("permission", "serviceusage.services." + verb)
                .putMetadata("resource", PROJECT)
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "list", "enable", "disable"})
  void aMissingProject_isDeniedToAll(String verb) {
    assertThat(failure(() -> call(verb, "nowhere")).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void whatIsDisabled_isInTheFileOfTheWorld_andGoneAfterAReset() throws IOException {
    var before = Google.written(google.emulator.world());
    disable(name(RUN));
    disable(name("iam.googleapis.com"));
    enable(name("iam.googleapis.com"));
    var written = Google.written(google.emulator.world());

    assertThat(written)
        .contains(
            "\"disabledApis\": {\n    \"kleos-demo\": [\n      \"run.googleapis.com\"\n    ]\n  },");
    assertThat(Google.written(WorldReader.read(written.getBytes(UTF_8), "world")))
        .isEqualTo(written);

    google.emulator.reset();
    assertThat(Google.written(google.emulator.world())).isEqualTo(before);
    assertThat(get(name(RUN)).getState()).isEqualTo(State.ENABLED);
  }

  @Test
  void aChangeThatCannotBeSaved_neverHappened() {
    google
        .emulator
        .world()
        .keptBy(world -> {
          throw new StateFileException("full", null);
        });

    assertThat(failure(() -> disable(name(RUN))).getStatus().getCode()).isEqualTo(Code.DATA_LOSS);
    assertThat(get(name(RUN)).getState()).isEqualTo(State.ENABLED);
  }

  private void grant(String role) {
    google.emulator.world().putPolicy(PROJECT, policy(binding(role, "user:alice@example.com")));
  }

  private Message call(String verb, String project) {
    var alice = usage.withInterceptors(authorization("Bearer alice@example.com"));
    var parent = "projects/" + project;
    var name = parent + "/services/" + RUN;
    return switch (verb) {
      case "get" -> alice.getService(GetServiceRequest.newBuilder().setName(name).build());
      case "list" -> alice.listServices(ListServicesRequest.newBuilder().setParent(parent).build());
      case "enable" -> alice.enableService(EnableServiceRequest.newBuilder().setName(name).build());
      default -> alice.disableService(DisableServiceRequest.newBuilder().setName(name).build());
    };
  }

  private Service get(String name) {
    return usage.getService(GetServiceRequest.newBuilder().setName(name).build());
  }

  private Operation enable(String name) {
    return usage.enableService(EnableServiceRequest.newBuilder().setName(name).build());
  }

  private Operation disable(String name) {
    return usage.disableService(DisableServiceRequest.newBuilder().setName(name).build());
  }

  private Operation batch(List<String> apis) {
    return usage.batchEnableServices(
        BatchEnableServicesRequest.newBuilder().setParent(PROJECT).addAllServiceIds(apis).build());
  }

  /// The names of all that a list holds, page by page.
  private List<String> names(ListServicesRequest request) {
    var page = usage.listServices(request.toBuilder().setParent(PROJECT).build());
    var names =
        new ArrayList<>(
            page.getServicesList().stream().map(each -> each.getConfig().getName()).toList());
    if (!page.getNextPageToken().isEmpty()) {
      assertThat(names).hasSize(request.getPageSize());
      names.addAll(names(request.toBuilder().setPageToken(page.getNextPageToken()).build()));
    }
    return names;
  }

  private static ObjectAssert<Message> assertDone(
      Operation operation, Class<? extends Message> type) {
    assertThat(operation.getName()).isEqualTo("operations/noop.DONE_OPERATION");
    assertThat(operation.getDone()).isTrue();
    try {
      return assertThat((Message) operation.getResponse().unpack(type));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertInvalid(StatusRuntimeException failure) {
    assertThat(failure).hasMessage("INVALID_ARGUMENT: Request contains an invalid argument.");
  }

  private static Service service(String api, String title, State state) {
    var service =
        Service.newBuilder()
            .setName("projects/123456789012/services/" + api)
            .setParent("projects/123456789012")
            .setState(state);
    service.getConfigBuilder().setName(api).setTitle(title);
    return service.build();
  }

  private static String name(String api) {
    return PROJECT + "/services/" + api;
  }

  static ErrorInfo info(StatusRuntimeException failure) {
    try {
      for (var detail :
          Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no ErrorInfo", failure);
  }
}
