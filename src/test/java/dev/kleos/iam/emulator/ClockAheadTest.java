package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.condition;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// All that goes by the emulator's clock follows when it is put forward.
class ClockAheadTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
  private static final String ALICE = "alice@example.com";
  private static final String BROWSER = "roles/browser";

  private final Google google = Google.demo(Clock.fixed(BEGIN, ZoneOffset.UTC));
  private final Emulator emulator = google.emulator;

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void theClock_goesForward_andNeverBack() {
    emulator.advanceClock(Duration.ofHours(24));
    emulator.advanceClock(Duration.ofMinutes(1));

    assertThat(emulator.now()).isEqualTo("2026-11-24T10:01:00Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.advanceClock(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.advanceClock(Duration.ofDays(366L * 7974)));
    assertThat(emulator.now()).isEqualTo("2026-11-24T10:01:00Z");
  }

  @Test
  void aCondition_ends() {
    var until = condition("until", "request.time < timestamp(\"2026-11-24T00:00:00Z\")");
    google.set(PROJECT, policy(binding(BROWSER, until, "user:" + ALICE)));
    assertThat(mayRead(ALICE)).isTrue();

    emulator.advanceClock(Duration.ofHours(24));

    assertThat(mayRead(ALICE)).isFalse();
  }

  @Test
  void anAccessToken_expires() {
    google.create("robot-one");
    google.set(PROJECT, policy(binding(BROWSER, "serviceAccount:" + email("robot-one"))));
    var token = google.accessToken("robot-one");
    assertThat(mayRead(token)).isTrue();

    emulator.advanceClock(Duration.ofHours(1));

    assertThat(failure(() -> google.as(token).get(PROJECT)).getStatus().getCode())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aGrantThatSpreads_takesEffect() {
    emulator.delayPropagation(Duration.ofMinutes(7));
    google.set(PROJECT, policy(binding(BROWSER, "user:" + ALICE)));
    assertThat(mayRead(ALICE)).isFalse();

    emulator.advanceClock(Duration.ofMinutes(7));

    assertThat(mayRead(ALICE)).isTrue();
  }

  @Test
  void aDeletedAccount_isGoneForGood() {
    var robot = google.create("robot-one").getUniqueId();
    google.delete("robot-one");
    emulator.advanceClock(Duration.ofDays(30));
    google.undelete(robot);
    google.delete("robot-one");

    emulator.advanceClock(Duration.ofDays(30).plusMillis(1));

    assertThat(failure(() -> google.undelete(robot))).isNotNull();
    assertThat(google.create("robot-one").getName()).isEqualTo(account("robot-one"));
  }

  @Test
  void aQuota_isThereAgain() {
    emulator.enforce(new RateQuota(1, 1, Duration.ofMinutes(1)));
    google.get(PROJECT);
    assertThat(failure(() -> google.get(PROJECT)).getStatus().getCode())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);

    emulator.advanceClock(Duration.ofMinutes(1));

    assertThat(google.get(PROJECT)).isNotNull();
  }

  private boolean mayRead(String caller) {
    try {
      return google.as(caller).get(PROJECT).isInitialized();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
      return false;
    }
  }
}
