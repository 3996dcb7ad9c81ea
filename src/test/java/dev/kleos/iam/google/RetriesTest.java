package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google's libraries try again (nothing), and what of their errors the program does.
class RetriesTest {
  private static final ServiceAccount DESIRED =
      ServiceAccount.desired(Resource.Account.inProject("kleos-demo", "invoker"), null, null);

  private final Emulator emulator = Emulator.start(World.demo());
  private final VirtualTimer timer = new VirtualTimer();

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void theLibraries_tryNothingAgain() {
    for (var code : List.of(Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED, Status.INTERNAL)) {
      emulator.calls().clear();
      failOnce("GetIamPolicy", code.asRuntimeException());
      try (var cloud = GoogleCloud.over(emulator.channelBuilder())) {
        var failed =
            catchThrowableOfType(
                CloudException.Transient.class, () -> cloud.policies().read(House.SERVICE));

        assertThat(failed.retryAfter()).isEmpty();
        assertThat(emulator.calls().count("GetIamPolicy")).isEqualTo(1);
      }
    }
  }

  @Test
  void aReadThatFindsGoogleUnavailable_isMadeAgain_andCounted() {
    failOnce("GetIamPolicy", Status.UNAVAILABLE.asRuntimeException());
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();

      assertThat(emulator.calls().count("GetIamPolicy")).isEqualTo(2);
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(2, 0));
      assertThat(timer.sleeps()).containsExactly(Duration.ofSeconds(1));
    }
  }

  /// The repetition meets the etag that the first write left behind: whoever reads again finds the
  /// grant there.
  @Test
  void aWriteWhoseAnswerIsLost_isAConflict_andStoredOnce() {
    var lossy = emulator.channelBuilder().intercept(new LostAnswer("SetIamPolicy"));
    try (var cloud = retrying(GoogleCloud.over(lossy))) {
      var alice = grant("roles/run.invoker", "user:alice@example.com");
      var read = cloud.policies().read(House.SERVICE);

      assertThat(cloud.policies().compareAndSet(House.SERVICE, read.withGrants(List.of(alice))))
          .isEqualTo(new Policies.Conflict(true));
      assertThat(cloud.policies().read(House.SERVICE).grants()).containsExactly(alice);
      assertThat(emulator.calls().count("SetIamPolicy")).isEqualTo(2);
    }
  }

  @Test
  void aRateLimit_isWaitedForAsLongAsGoogleAsks() {
    failOnce("GetIamPolicy", exhausted("Quota exceeded.", retryInfo(20)));
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();

      assertThat(timer.sleeps()).containsExactly(Duration.ofSeconds(20));
    }
  }

  @Test
  void theQuotaOfAccounts_isAnErrorAtOnce_andNoSleepOfADay() {
    failOnce(
        "CreateServiceAccount",
        exhausted("Maximum number of service accounts on project reached.", retryInfo(86_401)));
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      var failed =
          catchThrowableOfType(
              CloudException.Unavailable.class, () -> cloud.accounts().create(DESIRED));

      assertThat(failed.failure().message())
          .isEqualTo("Maximum number of service accounts on project reached.");
      assertThat(failed.failure().advice())
          .isEqualTo(
              "The project holds as many accounts as its quota allows: delete unused ones, or ask"
                  + " for more quota.");
      assertThat(cloud.calls()).isEqualTo(new ApiCalls(0, 1));
      assertThat(timer.sleeps()).isEmpty();
    }
  }

  @Test
  void aQuotaOfADay_isAnErrorAtOnce_andSaysHowLong() {
    failOnce("SetIamPolicy", exhausted("Quota exceeded.", retryInfo(86_401)));
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      var read = cloud.policies().read(House.SERVICE);
      var failed =
          catchThrowableOfType(
              CloudException.Transient.class,
              () -> cloud.policies().compareAndSet(House.SERVICE, read));

      assertThat(failed.failure().message())
          .isEqualTo("Quota exceeded. Google asks to wait 24 hours.");
      assertThat(timer.sleeps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
  void aWaitThatNobodyCanCount_isNoBugOfOurs(long seconds) {
    failOnce("GetIamPolicy", exhausted("Quota exceeded.", retryInfo(seconds)));
    try (var cloud = GoogleCloud.over(emulator.channelBuilder())) {
      var failed =
          catchThrowableOfType(
              CloudException.Transient.class, () -> cloud.policies().read(House.SERVICE));

      assertThat(failed.retryAfter())
          .contains(Duration.ofSeconds(seconds > 0 ? 315_576_000_000L : 0));
    }
  }

  @Test
  void aWaitOfTenThousandYears_isAnErrorAtOnce() {
    failOnce("GetIamPolicy", exhausted("Quota exceeded.", retryInfo(Long.MAX_VALUE)));
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      var failed =
          catchThrowableOfType(
              CloudException.Transient.class, () -> cloud.policies().read(House.SERVICE));

      assertThat(failed.failure().message())
          .isEqualTo("Quota exceeded. Google asks to wait 87660000 hours.");
    }
  }

  /// One call too many a minute, or one account too many? The code is the same.
  @ParameterizedTest
  @CsvSource({
    "Quota exceeded., false, 0, false",
    "Quota exceeded., true, 0, true",
    "Quota exceeded., false, 30, true",
    "Quota exceeded., false, 86401, false",
    "Maximum number of service accounts on project reached., false, 30, false",
    "Maximum number of service accounts on project reached., true, 0, false"
  })
  void anExhaustedCreation_isMadeAgain_onlyWhereGoogleSpeaksOfARate(
      String text, boolean saysRate, int retryDelay, boolean again) {
    var details =
        retryDelay > 0
            ? retryInfo(retryDelay)
            : ErrorInfo.newBuilder()
                .setReason(saysRate ? "RATE_LIMIT_EXCEEDED" : "QUOTA_EXCEEDED")
                .build();
    failOnce("CreateServiceAccount", exhausted(text, details));
    try (var cloud = retrying(GoogleCloud.over(emulator.channelBuilder()))) {
      var failed =
          Optional.ofNullable(
              catchThrowableOfType(CloudException.class, () -> cloud.accounts().create(DESIRED)));

      assertThat(failed.isEmpty()).isEqualTo(again);
      assertThat(emulator.calls().count("CreateServiceAccount")).isEqualTo(again ? 2 : 1);
    }
  }

  /// The libraries' own defaults wait for ever on some of these.
  @Test
  void everyMethodThatIsUsed_hasATimeout_andNoRetriesOfItsOwn() {
    try (var clients = new Clients(Connection.to(emulator.channelBuilder(), new CallMeter()))) {
      var iam = clients.iam().getSettings();
      var run = clients.run().getSettings();
      var projects = clients.projects().getSettings();
      List<UnaryCallSettings<?, ?>> used =
          List.of(
              iam.getServiceAccountSettings(),
              iam.listServiceAccountsSettings(),
              iam.createServiceAccountSettings(),
              iam.patchServiceAccountSettings(),
              iam.getIamPolicySettings(),
              iam.setIamPolicySettings(),
              run.getIamPolicySettings(),
              run.setIamPolicySettings(),
              run.listServicesSettings(),
              run.getServiceSettings(),
              projects.getProjectSettings(),
              projects.getIamPolicySettings(),
              projects.setIamPolicySettings());

      assertThat(used)
          .allSatisfy(settings -> {
            var rules = settings.getRetrySettings();
            assertThat(rules.getTotalTimeoutDuration()).isEqualTo(Duration.ofSeconds(10));
            assertThat(rules.getMaxAttempts()).isEqualTo(1);
            assertThat(settings.getRetryableCodes()).isEmpty();
          });
    }
  }

  private Cloud retrying(GoogleCloud cloud) {
    return RetryingCloud.within(Duration.ofMinutes(5), cloud, timer, Draw.zero());
  }

  private static Message retryInfo(long seconds) {
    return RetryInfo.newBuilder()
        .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
        .build();
  }

  private static StatusRuntimeException exhausted(String text, Message details) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage(text)
            .addDetails(Any.pack(details))
            .build());
  }

  private void failOnce(String method, StatusRuntimeException answer) {
    var failed = new AtomicBoolean();
    emulator.onCall(call -> {
      if (call.is(method) && failed.compareAndSet(false, true)) {
        throw answer;
      }
    });
  }
}
