package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How fast the emulator answers, and how often.
@Timeout(60)
class RateLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovableClock clock = new MovableClock();
  private final Google google = new Google(Emulator.start(World.demo(), clock));

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void callsBeyondTheQuota_areRefusedAsGoogleDoes_untilTheFirstHasLeftTheWindow() throws Exception {
    google.emulator.enforce(new RateQuota(2, 1, MINUTE));
    google.get(SERVICE);
    clock.now = clock.now.plusSeconds(20);
    google.get(SERVICE);

    var status =
        Objects.requireNonNull(StatusProto.fromThrowable(refused(() -> google.get(SERVICE))));

    assertThat(status.getMessage())
        .isEqualTo(
            "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'run.googleapis.com' for consumer 'project_number:123456789012'.");
    var info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("RATE_LIMIT_EXCEEDED");
    assertThat(info.getMetadataMap())
        .containsEntry("consumer", "projects/123456789012")
        .containsEntry("quota_metric", "run.googleapis.com/read_requests")
        .containsEntry("quota_limit", "ReadRequestsPerMinutePerProject")
        .containsEntry("quota_limit_value", "2");
    assertThat(status.getDetails(1).is(Help.class)).isTrue();
    clock.now = clock.now.plusSeconds(39);
    refused(() -> google.get(SERVICE));
    clock.now = clock.now.plusSeconds(1);
    assertThat(google.get(SERVICE)).isNotNull();
    refused(() -> google.get(SERVICE));
  }

  @Test
  void readsAndWrites_andEachApiAndProject_areCountedForThemselves() {
    google.emulator.world().ensureProject("other-project");
    google.emulator.enforce(new RateQuota(1, 1, MINUTE));
    google.get(SERVICE);
    google.set(SERVICE, policy());
    google.get(PROJECT);
    google.iam.listServiceAccounts(
        ListServiceAccountsRequest.newBuilder().setName(PROJECT).build());
    google.projects.getProject(
        GetProjectRequest.newBuilder().setName("projects/other-project").build());

    refused(() -> google.get(SERVICE));
    refused(() -> google.set(SERVICE, policy()));
    assertThat(google.onQuotaOf("operator", "other-project").get(SERVICE)).isNotNull();
  }

  @Test
  void withoutAQuota_nothingIsRefused() {
    for (var i = 0; i < 7000; i++) {
      google.get(PROJECT);
    }

    assertThat(google.emulator.calls().count("GetIamPolicy")).isEqualTo(7000);
  }

  @Test
  void googlesQuota_isSixThousandReadsAndSixHundredWritesAMinute() {
    google.emulator.enforce(RateQuota.OF_IAM);
    for (var i = 0; i < 6000; i++) {
      google.get(PROJECT);
    }
    for (var i = 0; i < 600; i++) {
      google.set(PROJECT, policy());
    }

    refused(() -> google.get(PROJECT));
    refused(() -> google.set(PROJECT, policy()));
  }

  @Test
  void callsThatAreAnsweredLate_keepNoOthersWaiting() throws InterruptedException {
    google.emulator.delayAnswers(Duration.ofSeconds(20));
    var stub = ProjectsGrpc.newFutureStub(google.channel);
    for (var i = 0; i < 100; i++) {
      var _ = stub.getProject(GetProjectRequest.newBuilder().setName(PROJECT).build());
    }
    while (google.emulator.calls().count("GetProject") < 100) {
      Thread.sleep(5);
    }

    assertThat(google.emulator.calls().answers())
        .allSatisfy(call -> assertThat(call.status()).isEmpty());
  }

  @Test
  void aLateAnswer_isAsItWouldHaveBeen() {
    google.emulator.delayAnswers(Duration.ofMillis(5));

    assertThat(google.get(SERVICE)).isNotNull();
  }

  private static StatusRuntimeException refused(ThrowingCallable call) {
    var refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    return refused;
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
