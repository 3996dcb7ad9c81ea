package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.serviceusage.v1.DisableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.ServiceUsageGrpc;
import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An API that is off is off, for the operator too.
class ConsumedApisTest {
  private final Google google = Google.demo();
  private final ServiceUsageGrpc.ServiceUsageBlockingStub usage =
      ServiceUsageGrpc.newBlockingStub(google.channel);
  private final String account = google.create("invoker").getName();

  /// A call of each API, about something in the project.
  private final Map<String, ThrowingCallable> calls =
      Map.of(
          "iam.googleapis.com", () -> google.get(account),
          "run.googleapis.com", () -> google.get(SERVICE),
          "cloudresourcemanager.googleapis.com", () -> google.get(PROJECT),
          "iamcredentials.googleapis.com", () -> google.accessToken("invoker"));

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @CsvSource({
    "iam.googleapis.com, Identity and Access Management (IAM) API",
    "run.googleapis.com, Cloud Run Admin API",
    "cloudresourcemanager.googleapis.com, Cloud Resource Manager API",
    "iamcredentials.googleapis.com, IAM Service Account Credentials API",
  })
  void aCallOfADisabledApi_isRefused_asGoogleDoes_andNoOther(String api, String title)
      throws Throwable {
    disable(api);

    var console =
        "https://console.developers.google.com/apis/api/" + api + "/overview?project=123456789012";
    var text =
        title
            + " has not been used in project 123456789012 before or it is disabled. Enable it by"
            + " visiting "
            + console
            + " then retry. If you enabled this API recently, wait a few minutes for the action to"
            + " propagate to our systems and retry.";
    var failure = failure(Objects.requireNonNull(calls.get(api)));
    assertThat(failure).hasMessage("PERMISSION_DENIED: " + text);
    assertThat(Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList())
        .containsExactly(
            Any.pack(
                ErrorInfo.newBuilder()
                    .setReason("SERVICE_DISABLED")
                    .setDomain("googleapis.com")
                    .putMetadata("service", api)
                    .putMetadata("serviceTitle", title)
                    .putMetadata("consumer", "projects/123456789012")
                    .putMetadata("containerInfo", "123456789012")
                    .putMetadata("activationUrl", console)
                    .build()),
            Any.pack(LocalizedMessage.newBuilder().setLocale("en-US").setMessage(text).build()),
            Any.pack(
                Help.newBuilder()
                    .addLinks(
                        Help.Link.newBuilder()
                            .setDescription("Google developers console API activation")
                            .setUrl(console))
                    .build()));
    for (var other : calls.entrySet()) {
      if (!other.getKey().equals(api)) {
        other.getValue().call();
      }
    }
    enable(api);
    calls.get(api).call();
  }

  @Test
  void serviceUsage_itself_canBeEnabledAgain_butNotOnItsOwnQuota() {
    disable("serviceusage.googleapis.com");

    assertDisabled(() -> on(usage, "kleos-demo").getService(name("run.googleapis.com")));
    assertThat(usage.getService(name("run.googleapis.com")).getName()).isNotEmpty();
    enable("serviceusage.googleapis.com");
    assertThat(on(usage, "kleos-demo").getService(name("run.googleapis.com")).getName())
        .isNotEmpty();
  }

  @Test
  void theProjectOfTheHeader_countsInPlaceOfTheResources() {
    google.emulator.world().ensureProject("another", "5");
    disable("cloudresourcemanager.googleapis.com");
    var request = GetProjectRequest.newBuilder().setName(PROJECT).build();

    assertDisabled(() -> google.projects.getProject(request));
    assertThat(on(google.projects, "another").getProject(request).getProjectId())
        .isEqualTo("kleos-demo");
    var other = GetProjectRequest.newBuilder().setName("projects/another").build();
    assertThat(google.projects.getProject(other).getProjectId()).isEqualTo("another");
    assertThat(failure(() -> on(google.projects, "kleos-demo").getProject(other)))
        .hasMessageStartingWith(
            "PERMISSION_DENIED: Cloud Resource Manager API has not been used in project kleos-demo"
                + " before or it is disabled.");
  }

  @Test
  void theProjectOfAnAccount_isFoundWhereTheNameDoesNotSayIt() {
    var uniqueId = google.iam.getServiceAccount(named(account)).getUniqueId();
    disable("iam.googleapis.com");

    assertDisabled(() ->
        google.iam.getServiceAccount(
            named("projects/-/serviceAccounts/" + Google.email("invoker"))));
    assertDisabled(
        () -> google.iam.getServiceAccount(named("projects/-/serviceAccounts/" + uniqueId)));
    assertDisabled(
        () -> google.iam.getServiceAccount(named("projects/123456789012/serviceAccounts/x")));
    assertDisabled(() ->
        google.iam.listServiceAccounts(
            ListServiceAccountsRequest.newBuilder().setName(PROJECT).build()));
    assertDisabled(() ->
        google.iam.queryGrantableRoles(
            QueryGrantableRolesRequest.newBuilder()
                .setFullResourceName("//cloudresourcemanager.googleapis.com/" + PROJECT)
                .build()));
  }

  @Test
  void whatIsInNoProject_isNotRefused() {
    disable("iam.googleapis.com");

    assertThat(
            google
                .iam
                .getRole(GetRoleRequest.newBuilder().setName("roles/run.invoker").build())
                .getName())
        .isEqualTo("roles/run.invoker");
  }

  @Test
  void anUnknownCaller_isToldThatFirst() {
    disable("run.googleapis.com");
    var stranger = google.run.withInterceptors(Google.authorization("Bearer x"));

    assertThat(
            failure(() ->
                    stranger.getService(
                        com.google.cloud.run.v2.GetServiceRequest.newBuilder()
                            .setName(SERVICE)
                            .build()))
                .getStatus()
                .getCode())
        .isEqualTo(io.grpc.Status.Code.UNAUTHENTICATED);
  }

  private static void assertDisabled(ThrowingCallable call) {
    StatusRuntimeException failure = failure(call);
    assertThat(ServiceUsageTest.info(failure).getReason()).isEqualTo("SERVICE_DISABLED");
  }

  private void disable(String api) {
    var name = PROJECT + "/services/" + api;
    assertThat(usage.disableService(DisableServiceRequest.newBuilder().setName(name).build()))
        .isNotNull();
  }

  private void enable(String api) {
    var name = PROJECT + "/services/" + api;
    assertThat(usage.enableService(EnableServiceRequest.newBuilder().setName(name).build()))
        .isNotNull();
  }

  private static GetServiceRequest name(String api) {
    return GetServiceRequest.newBuilder().setName(PROJECT + "/services/" + api).build();
  }

  private static GetServiceAccountRequest named(String name) {
    return GetServiceAccountRequest.newBuilder().setName(name).build();
  }

  private static <S extends AbstractStub<S>> S on(S stub, String quotaProject) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("x-goog-user-project", Metadata.ASCII_STRING_MARSHALLER), quotaProject);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
