package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.GetServiceRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PropagationTest {
  private static final String ALICE = "user:alice@example.com";
  private static final String BOB = "user:bob@example.com";
  private static final String VIEWER = "roles/run.viewer";

  private final MovableClock clock = new MovableClock();
  private final World world = World.demo();
  private final Google google = new Google(Emulator.start(world, clock));

  @BeforeEach
  void furnish() {
    world.putPolicy(PROJECT, policy(binding(VIEWER, BOB)));
    google.emulator.delayPropagation(Duration.ofMinutes(2));
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void aGrant_takesEffectAfterTheDelay_andIsReadAtOnce() {
    google.set(SERVICE, policy(binding(VIEWER, ALICE)));

    assertThat(google.get(SERVICE).getBindingsCount()).isOne();
    assertThat(sees("alice@example.com")).isFalse();
    clock.forward(Duration.ofSeconds(119));
    assertThat(sees("alice@example.com")).isFalse();
    clock.forward(Duration.ofSeconds(1));
    assertThat(sees("alice@example.com")).isTrue();
  }

  @Test
  void aRemoval_takesEffectAfterTheDelay() {
    google.set(PROJECT, policy());

    assertThat(sees("bob@example.com")).isTrue();
    clock.forward(Duration.ofMinutes(2));
    assertThat(sees("bob@example.com")).isFalse();
  }

  @Test
  void whatTheWorldHeldBefore_isInForce() {
    assertThat(sees("bob@example.com")).isTrue();
  }

  @Test
  void writesInARow_takeEffectInTheirOrder() {
    google.set(SERVICE, policy(binding(VIEWER, ALICE)));
    clock.forward(Duration.ofMinutes(1));
    google.set(SERVICE, policy());

    clock.forward(Duration.ofMinutes(1));
    assertThat(sees("alice@example.com")).isTrue();
    clock.forward(Duration.ofMinutes(1));
    assertThat(sees("alice@example.com")).isFalse();
  }

  @Test
  void theOperator_waitsForNothing() {
    assertThat(
            google
                .run
                .getService(GetServiceRequest.newBuilder().setName(SERVICE).build())
                .getName())
        .isEqualTo(SERVICE);
  }

  @Test
  void aWriteThatIsNotSaved_neverTakesEffect() {
    world.keptBy(_ -> {
      throw new StateFileException("disk full");
    });
    assertThatThrownBy(() -> world.putPolicy(SERVICE, policy(binding(VIEWER, ALICE))))
        .hasMessage("disk full");
    world.keptBy(_ -> {});
    world.putPolicy(account(), policy()); // a change that is saved tells nothing of it either

    clock.forward(Duration.ofHours(1));
    assertThat(sees("alice@example.com")).isFalse();
  }

  @Test
  void theSuccessorOfADeletedAccount_hasNothing_alsoWithinTheDelay() {
    google.create("robot-one");
    google.set(PROJECT, policy(binding(VIEWER, "serviceAccount:" + email("robot-one"))));
    clock.forward(Duration.ofMinutes(2));
    assertThat(sees(email("robot-one"))).isTrue();
    google.set(SERVICE, policy(binding(VIEWER, "serviceAccount:" + email("robot-one"))));

    google.delete("robot-one");
    google.create("robot-one");

    assertThat(sees(email("robot-one"))).isFalse();
    clock.forward(Duration.ofMinutes(2));
    assertThat(sees(email("robot-one"))).isFalse();
  }

  @Test
  void reset_isInForceAtOnce() {
    google.set(PROJECT, policy());
    google.set(SERVICE, policy(binding(VIEWER, ALICE)));

    google.emulator.reset();

    clock.forward(Duration.ofMinutes(5));
    assertThat(sees("alice@example.com")).isFalse();
    assertThat(sees("bob@example.com")).isFalse(); // the world had no grant when it was started
  }

  @Test
  void withoutADelay_everythingIsInForceAtOnce() {
    google.emulator.delayPropagation(Duration.ZERO);
    google.set(SERVICE, policy(binding(VIEWER, ALICE)));

    assertThat(sees("alice@example.com")).isTrue();
  }

  @Test
  void moreWritesThanAreRemembered_areInForceBeforeTheirTime() {
    google.set(SERVICE, policy(binding(VIEWER, ALICE)));
    for (var i = 1; i < Propagation.MAX_PENDING; i++) {
      world.putPolicy(PROJECT, policy());
    }
    assertThat(sees("alice@example.com")).isFalse();

    world.putPolicy(PROJECT, policy());
    assertThat(sees("alice@example.com")).isTrue();
  }

  @Test
  void aConditionsTime_isNow_whenItsPolicyIsInForce() {
    var until = Google.condition("until", "request.time < timestamp(\"2026-11-23T10:03:00Z\")");
    google.set(SERVICE, policy(binding(VIEWER, until, ALICE)));

    clock.forward(Duration.ofMinutes(2));
    assertThat(sees("alice@example.com")).isTrue();
    clock.forward(Duration.ofMinutes(1));
    assertThat(sees("alice@example.com")).isFalse();
  }

  private String account() {
    google.create("another");
    return Google.account("another");
  }

  private boolean sees(String caller) {
    try {
      var name = GetServiceRequest.newBuilder().setName(SERVICE).build();
      return google.as(caller).run.getService(name).isInitialized();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
      return false;
    }
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

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
      throw new UnsupportedOperationException();
    }
  }
}
