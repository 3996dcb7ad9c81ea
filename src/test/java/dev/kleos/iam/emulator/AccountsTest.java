package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void create_answersWithTheWholeAccount() {
    var created =
        google.iam.createServiceAccount(
            CreateServiceAccountRequest.newBuilder()
                .setName(PROJECT)
                .setAccountId("invoker")
                .setServiceAccount(
                    ServiceAccount.newBuilder().setDisplayName("Invoker").setDescription("calls"))
                .build());

    assertThat(created.getName()).isEqualTo(account("invoker"));
    assertThat(created.getEmail()).isEqualTo("invoker@kleos-demo.iam.gserviceaccount.com");
    assertThat(created.getProjectId()).isEqualTo("kleos-demo");
    assertThat(created.getUniqueId()).matches("\\d{21}");
    assertThat(created.getOauth2ClientId()).isEqualTo(created.getUniqueId());
    assertThat(created.getDisplayName()).isEqualTo("Invoker");
    assertThat(created.getDescription()).isEqualTo("calls");
    assertThat(created.getDisabled()).isFalse();
    assertThat(get(created.getName())).isEqualTo(created);
  }

  @Test
  void create_whenTheEmailIsTaken_alreadyExistsWithResourceInfo()
      throws InvalidProtocolBufferException {
    google.create("invoker");

    var failure = failure(() -> google.create("invoker"));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("Service account ID already exists within project projects/kleos-demo.");
    assertThat(detail(failure).unpack(ResourceInfo.class).getResourceName())
        .isEqualTo(account("invoker"));
  }

  @Test
  void create_inDomainScopedProject_turnsTheDomainRound() {
    google.emulator.world().ensureProject("example.com:kleos");

    var created =
        google.iam.createServiceAccount(
            CreateServiceAccountRequest.newBuilder()
                .setName("projects/example.com:kleos")
                .setAccountId("invoker")
                .build());

    assertThat(created.getEmail()).isEqualTo("invoker@kleos.example.com.iam.gserviceaccount.com");
    assertThat(get(created.getName())).isEqualTo(created);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "Invoker",
        "1nvoker",
        "invoker-",
        "in_voker",
        "a234567890123456789012345678901"
      })
  void create_withBadId_isInvalid(String id) {
    assertThat(failure(() -> google.create(id)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void create_withTooManyBytes_isInvalid() {
    assertThat(create(ServiceAccount.newBuilder().setDisplayName("ü".repeat(50)))).isNull();
    google.delete("invoker");
    assertThat(create(ServiceAccount.newBuilder().setDisplayName("ü".repeat(51)))).isNotNull();
    assertThat(create(ServiceAccount.newBuilder().setDescription("d".repeat(257)))).isNotNull();
  }

  @Test
  void create_inMissingProject_isDenied() {
    var request =
        CreateServiceAccountRequest.newBuilder()
            .setName("projects/nowhere")
            .setAccountId("invoker");

    assertThat(
            failure(() -> google.iam.createServiceAccount(request.build())).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void get_takesEmailOrUniqueId_andProjectIdNumberOrDash() {
    var created = google.create("invoker");

    for (var project : new String[] {"kleos-demo", "123456789012", "-"}) {
      for (var id :
          new String[] {
            created.getEmail(), created.getUniqueId(), "INVOKER@kleos-demo.iam.gserviceaccount.com"
          }) {
        assertThat(get("projects/" + project + "/serviceAccounts/" + id)).isEqualTo(created);
      }
    }
  }

  @Test
  void get_missing_isNotFound() {
    var failure = failure(() -> get(account("missing")));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("Service account " + account("missing") + " does not exist.");
  }

  @Test
  void get_missingUnderDash_isDeniedRatherThanNotFound() throws InvalidProtocolBufferException {
    var failure = failure(() -> get("projects/-/serviceAccounts/" + email("missing")));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "Permission 'iam.serviceAccounts.get' denied on resource (or it may not exist).");
    var info = detail(failure).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("IAM_PERMISSION_DENIED");
    assertThat(info.getDomain()).isEqualTo("iam.googleapis.com");
    assertThat(info.getMetadataMap()).containsEntry("permission", "iam.serviceAccounts.get");
  }

  private ServiceAccount get(String name) {
    return google.iam.getServiceAccount(
        GetServiceAccountRequest.newBuilder().setName(name).build());
  }

  private StatusRuntimeException create(ServiceAccount.Builder account) {
    return failure(() ->
        google.iam.createServiceAccount(
            CreateServiceAccountRequest.newBuilder()
                .setName(PROJECT)
                .setAccountId("invoker")
                .setServiceAccount(account)
                .build()));
  }

  private static Any detail(StatusRuntimeException failure) {
    return Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetails(0);
  }
}
