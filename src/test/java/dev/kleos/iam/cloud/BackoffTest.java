package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.RandomIam;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";

  private final VirtualTimer timer = new VirtualTimer();

  @Test
  void conflicts_drawFromNothingToABoundThatDoublesUpTo32Seconds() throws InterruptedException {
    var draw = Draw.largest();
    var attempts = conflicts(Duration.ofHours(1), draw).start();
    for (var i = 0; i < 10; i++) {
      assertThat(attempts.again()).isTrue();
    }

    // A bound of n + 1 that is never answered: anything from nothing to n.
    assertThat(draw.bounds())
        .containsExactly(201L, 401L, 801L, 1601L, 3201L, 6401L, 12801L, 25601L, 32001L, 32001L);
    assertThat(timer.sleeps().getLast()).isEqualTo(Duration.ofSeconds(32));
    assertThat(attempts.count()).isEqualTo(11);
  }

  @Test
  void newAccounts_drawFromNothingToABoundThatDoublesUpTo8Seconds() throws InterruptedException {
    var draw = Draw.largest();
    var attempts =
        Backoff.forNewAccounts(VirtualTimer.START.plus(Duration.ofHours(1)), timer, draw).start();
    for (var i = 0; i < 6; i++) {
      assertThat(attempts.again()).isTrue();
    }

    assertThat(draw.bounds()).containsExactly(501L, 1001L, 2001L, 4001L, 8001L, 8001L);
  }

  @Test
  void newAccounts_areGivenTwoMinutes_orLessWhereTheDeadlineIsSooner() throws InterruptedException {
    var hour = VirtualTimer.START.plus(Duration.ofHours(1));
    var soon = VirtualTimer.START.plus(Duration.ofSeconds(30));

    assertThat(Backoff.forNewAccounts(hour, timer, Draw.zero()).deadline().get())
        .isEqualTo(VirtualTimer.START.plus(Duration.ofMinutes(2)));
    assertThat(Backoff.forNewAccounts(soon, timer, Draw.zero()).deadline().get()).isEqualTo(soon);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void waits_areWithinTheirBounds_andEndBeforeTheDeadline(long seed) throws InterruptedException {
    var timeout = Duration.ofSeconds(1 + new RandomIam(seed).upTo(300));
    var attempts = conflicts(timeout, new Random(seed)).start();
    while (attempts.again()) {
      // until the deadline
    }

    assertThat(timer.elapsed()).isLessThan(timeout);
    assertThat(timer.sleeps()).hasSize(attempts.count() - 1);
    var bound = 200L;
    for (var sleep : timer.sleeps()) {
      assertThat(sleep).isBetween(Duration.ZERO, Duration.ofMillis(bound));
      bound = Math.min(32_000, bound * 2);
    }
  }

  @Test
  void aWaitThatWouldEndAtTheDeadline_isNotStarted() throws InterruptedException {
    assertThat(conflicts(Duration.ofMillis(200), Draw.largest()).start().again()).isFalse();
    assertThat(timer.sleeps()).isEmpty();
    assertThat(conflicts(Duration.ofMillis(201), Draw.largest()).start().again()).isTrue();
    assertThat(timer.sleeps()).containsExactly(Duration.ofMillis(200));
  }

  @Test
  void attempts_overManyRounds_neverOverflow() throws InterruptedException {
    var attempts = conflicts(Duration.ofDays(1), Draw.largest()).start();
    for (var i = 0; i < 200; i++) {
      assertThat(attempts.again()).isTrue();
    }

    assertThat(timer.sleeps().getLast()).isEqualTo(Duration.ofSeconds(32));
  }

  private Backoff conflicts(Duration timeout, RandomGenerator random) {
    return Backoff.forConflicts(VirtualTimer.START.plus(timeout), timer, random);
  }
}
