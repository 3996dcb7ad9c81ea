package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.authorization;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the emulator lets in at all, and on whose quota.
class AuthenticationTest {
  private static final String TEXT =
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie"
          + " or other valid authentication credential. See"
          + " https://developers.google.com/identity/sign-in/web/devconsole-project.";
  private static final String SERVICE = "cloudresourcemanager.googleapis.com";
  private static final String METHOD = "google.cloud.resourcemanager.v3.Projects.GetIamPolicy";

  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer ya29.a0AfB_secret",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.x",
        "Bearer kleos-emulator.e30.x",
        "Basic YWxpY2U6c2VjcmV0",
        "Bearer a@b@c",
        "Bearer team@example.com",
        "Bearer crew@example.com",
        "Bearer",
        "Bearer ",
      })
  void whatIsNoCredential_isRefused(String header) {
    var world = google.emulator.world();
    world.alias("crew@example.com", "team@example.com");
    world.write(() -> {
      world.persons.identities.put("team@example.com", "group");
      return world;
    });

    var failure =
        failure(() -> {
          var _ =
              google
                  .projects
                  .withInterceptors(authorization(header))
                  .getIamPolicy(GetIamPolicyRequest.newBuilder().setResource(PROJECT).build());
        });

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(failure.getStatus().getDescription()).isEqualTo(TEXT);
    assertThat(info(failure).getReason()).isEqualTo("ACCESS_TOKEN_TYPE_UNSUPPORTED");
    assertThat(info(failure).getDomain()).isEqualTo("googleapis.com");
    assertThat(info(failure).getMetadataMap())
        .isEqualTo(Map.of("service", SERVICE, "method", METHOD));
  }

  @Test
  void twoCredentials_areNone() {
    var failure =
        failure(() -> {
          var _ =
              google
                  .projects
                  .withInterceptors(
                      authorization("Bearer alice@example.com"), authorization("Bearer operator"))
                  .getIamPolicy(GetIamPolicyRequest.newBuilder().setResource(PROJECT).build());
        });

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(google.emulator.calls().all()).extracting(Call::caller).containsExactly("unknown");
  }

  @Test
  void anAccountThatIsDisabled_deleted_orWasNeverThere_isRefused() {
    google.create("disabled");
    google.disable("disabled");
    google.create("deleted");
    google.delete("deleted");

    for (var id : new String[] {"disabled", "deleted", "nobody"}) {
      var failure = failure(() -> google.as(email(id)).get(PROJECT));
      assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(info(failure).getReason()).isEqualTo("ACCOUNT_STATE_INVALID");
      assertThat(info(failure).getMetadataMap())
          .isEqualTo(Map.of("service", SERVICE, "method", METHOD, "email", email(id)));
    }
  }

  @Test
  void anAccountOfAnyCase_isThatAccount() {
    google.create("invoker");
    google.set(PROJECT, policy(binding("roles/browser", "serviceAccount:" + email("invoker"))));

    assertThat(google.as("INVOKER@kleos-demo.iam.gserviceaccount.com").get(PROJECT))
        .isEqualTo(google.get(PROJECT));
  }

  @Test
  void aTokenThatHasExpired_isRefused() {
    google.create("invoker");
    var token = google.accessToken("invoker");
    var later = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
    var world = google.emulator.world().copy();
    try (var next = new Google(Emulator.start(world, later))) {
      var failure = failure(() -> next.as(token).get(PROJECT));

      assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(info(failure).getReason()).isEqualTo("ACCESS_TOKEN_EXPIRED");
    }
  }

  @Test
  void aRefusal_isLogged_andShowsNothingOfTheToken() {
    failure(() -> google.as("ya29.secret").get(PROJECT));

    assertThat(google.emulator.calls().answers())
        .extracting(LoggedCall::toString)
        .containsExactly(
            "LoggedCall[call=Call[method=google.cloud.resourcemanager.v3.Projects/GetIamPolicy,"
                + " resource=projects/kleos-demo, caller=unknown],"
                + " status=Optional[UNAUTHENTICATED]]");
  }

  @Test
  void anotherNameOfAPerson_isThatPerson() {
    google.emulator.world().alias("ally@example.com", "alice@example.com");
    google.set(PROJECT, policy(binding("roles/browser", "user:alice@example.com")));

    assertThat(google.as("ally@example.com").get(PROJECT)).isEqualTo(google.get(PROJECT));
  }

  @Test
  void theQuotaOfAProject_isForWhomMayUseIt() throws InvalidProtocolBufferException {
    google.set(PROJECT, policy(binding("roles/browser", "user:alice@example.com")));
    var console = "https://console.developers.google.com/iam-admin/iam/project?project=kleos-demo";

    var failure = failure(() -> google.onQuotaOf("alice@example.com", "kleos-demo").get(PROJECT));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "Caller does not have required permission to use project kleos-demo. Grant the caller"
                + " the roles/serviceusage.serviceUsageConsumer role, or a custom role with the"
                + " serviceusage.services.use permission, by visiting "
                + console
                + " and then retry. Propagation of the new permission may take a few minutes.");
    var details = Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList();
    assertThat(details.get(0).unpack(Help.class).getLinks(0).getUrl()).isEqualTo(console);
    var info = details.get(1).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("USER_PROJECT_DENIED");
    assertThat(info.getMetadataMap())
        .isEqualTo(Map.of("service", SERVICE, "consumer", "projects/kleos-demo"));

    google.set(
        PROJECT,
        policy(
            binding("roles/browser", "user:alice@example.com"),
            binding("roles/serviceusage.serviceUsageConsumer", "user:alice@example.com")));
    assertThat(google.onQuotaOf("alice@example.com", "123456789012").get(PROJECT))
        .isEqualTo(google.get(PROJECT));
  }

  @Test
  void theQuotaOfAMissingProject_isNobodys() {
    assertThat(failure(() -> google.onQuotaOf("operator", "nowhere").get(PROJECT)))
        .extracting(failure -> failure.getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  private static ErrorInfo info(StatusRuntimeException failure) {
    try {
      var status = Objects.requireNonNull(StatusProto.fromThrowable(failure));
      return status.getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
