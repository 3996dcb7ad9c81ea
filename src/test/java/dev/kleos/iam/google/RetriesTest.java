package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallSettings;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");

  private final Emulator emulator = Emulator.start(World.demo());

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void aReadThatFindsGoogleUnavailable_isDoneAgain_andCounted() {
    failOnce("GetIamPolicy", Status.UNAVAILABLE);
    try (var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();

      assertThat(emulator.calls().count("GetIamPolicy")).isEqualTo(2);
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(2, 0));
    }
  }

  @Test
  void aReadThatIsDenied_isNotDoneAgain() {
    failOnce("GetIamPolicy", Status.PERMISSION_DENIED);
    try (var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      assertThatThrownBy(() -> cloud.policies().read(House.SERVICE))
          .isInstanceOf(CloudException.Denied.class);

      assertThat(cloud.calls()).isEqualTo(new ApiCalls(1, 0));
    }
  }

  /// The repetition meets the etag that the first write left behind: whoever reads again finds the
  /// grant there.
  @Test
  void aWriteWhoseAnswerIsLost_isAConflict_andStoredOnce() {
    var lossy = emulator.channelBuilder().intercept(new LostAnswer("SetIamPolicy"));
    try (var cloud = GoogleCloud.over(lossy)) {
      var alice = grant("roles/run.invoker", "user:alice@example.com");
      var read = cloud.policies().read(House.SERVICE);

      assertThat(cloud.policies().compareAndSet(House.SERVICE, read.withGrants(List.of(alice))))
          .isEqualTo(new Policies.Conflict());
      assertThat(cloud.policies().read(House.SERVICE).grants()).containsExactly(alice);
      assertThat(emulator.calls().count("SetIamPolicy")).isEqualTo(2);
    }
  }

  @Test
  void anExhaustedQuotaOfAccounts_isNotTriedAgain() {
    failOnce(
        "CreateServiceAccount",
        Status.RESOURCE_EXHAUSTED.withDescription(
            "Maximum number of service accounts on project reached."));
    try (var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      var failed =
          catchThrowableOfType(
              CloudException.Unavailable.class,
              () -> cloud.accounts().create(ServiceAccount.desired(ACCOUNT, null, null)));

      assertThat(failed.failure().advice()).contains("quota");
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(0, 1));
    }
  }

  /// The libraries' own defaults wait for ever on some of these.
  @Test
  void everyMethodThatIsUsed_hasATimeoutForACallAndForAllTries_andRetriesWhatPasses() {
    try (var clients = new Clients(Connection.to(emulator.channelBuilder(), new CallMeter()))) {
      var iam = clients.iam().getSettings();
      var run = clients.run().getSettings();
      var projects = clients.projects().getSettings();
      List<UnaryCallSettings<?, ?>> used =
          List.of(
              iam.getServiceAccountSettings(),
              iam.createServiceAccountSettings(),
              iam.patchServiceAccountSettings(),
              iam.getIamPolicySettings(),
              iam.setIamPolicySettings(),
              run.getIamPolicySettings(),
              run.setIamPolicySettings(),
              run.listServicesSettings(),
              projects.getProjectSettings(),
              projects.getIamPolicySettings(),
              projects.setIamPolicySettings());

      assertThat(used)
          .allSatisfy(settings -> {
            var retries = settings.getRetrySettings();
            assertThat(retries.getInitialRpcTimeoutDuration())
                .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
            assertThat(retries.getMaxRpcTimeoutDuration())
                .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
            assertThat(retries.getTotalTimeoutDuration())
                .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
            assertThat(settings.getRetryableCodes())
                .contains(StatusCode.Code.UNAVAILABLE)
                .doesNotContain(StatusCode.Code.ABORTED, StatusCode.Code.PERMISSION_DENIED);
          });
      assertThat(iam.createServiceAccountSettings().getRetryableCodes())
          .doesNotContain(StatusCode.Code.RESOURCE_EXHAUSTED);
    }
  }

  private void failOnce(String method, Status status) {
    var failed = new AtomicBoolean();
    emulator.onCall(call -> {
      if (call.is(method) && failed.compareAndSet(false, true)) {
        throw status.asRuntimeException();
      }
    });
  }
}
