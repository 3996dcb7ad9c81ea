package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When calls are made, on a clock that passes by sleeping alone.
@Timeout(60)
class PaceTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTimer timer = new VirtualTimer();
  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);

  // The window

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverThePattern_noMinuteHasMoreArrivalsThanTheLimit(int seed) {
    var random = new Random(seed);
    var limit = 1 + random.nextInt(40);
    var window = new Window(limit, MINUTE);
    var arrivals = new ArrayList<Instant>();
    var ends = new ArrayList<Instant>();
    var now = VirtualTimer.START;
    var waits = 0;
    for (var step = 0; step < 3000; step++) {
      now = now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(50));
      if (!ends.isEmpty() && random.nextBoolean()) {
        ends.remove(random.nextInt(ends.size()));
        window.end(now);
        // Somewhere between its beginning and now; the latest is the worst.
        arrivals.add(now);
      }
      if (ends.size() < limit) {
        var next = window.begin(now);
        if (next.isEmpty()) {
          ends.add(now);
        } else {
          assertThat(next.get()).isAfter(now);
          waits++;
        }
      }
      // One that begins now may arrive at once, and those under way at any time.
      assertThat(within(arrivals, now) + ends.size()).isLessThanOrEqualTo(limit);
    }
    assertThat(waits).isPositive();
  }

  @Test
  void theFirstCalls_goAtFullSpeed_andTheNextWaitsUntilTheFirstHasLeftTheWindow() {
    var paced = paced(60, 1);
    for (var i = 0; i < 60; i++) {
      paced.policies().read(SERVICE);
    }
    assertThat(timer.elapsed()).isZero();

    paced.policies().read(SERVICE);

    assertThat(timer.elapsed()).isEqualTo(MINUTE);
  }

  @Test
  void ofSevenThousandReads_noMinuteHasMoreThanSixThousand_andTheyTakeAMinute() {
    var begins = new ArrayList<Instant>();
    cloud.before(Op.READ, SERVICE, times(7000, () -> begins.add(timer.now())));
    var paced = paced(Pace.READS, 64);
    for (var i = 0; i < 7000; i++) {
      paced.policies().read(SERVICE);
    }

    assertThat(begins).hasSize(7000);
    assertThat(within(begins, VirtualTimer.START)).isEqualTo(Pace.READS);
    assertThat(within(begins, VirtualTimer.START.plus(MINUTE))).isEqualTo(1000);
    assertThat(timer.elapsed()).isEqualTo(MINUTE);
  }

  @Test
  void writes_areATenthOfReads_andNeitherTakesTheOthersRoom() {
    var paced = paced(60, 64);
    for (var i = 0; i < 6; i++) {
      paced.policies().compareAndSet(SERVICE, AllowPolicy.of("ACAB", List.of()));
    }
    for (var i = 0; i < 60; i++) {
      paced.policies().read(SERVICE);
    }
    assertThat(timer.elapsed()).isZero();

    paced.policies().compareAndSet(SERVICE, AllowPolicy.of("ACAB", List.of()));

    assertThat(timer.elapsed()).isEqualTo(MINUTE);
  }

  @Test
  void aRetry_isACallLikeAnyOther() {
    cloud.before(
        Op.READ,
        SERVICE,
        FakeCloud.failing(fault(Optional.of(Duration.ofSeconds(1)))),
        FakeCloud.failing(fault(Optional.of(Duration.ofSeconds(1)))));
    var retrying = RetryingCloud.within(Duration.ofMinutes(5), paced(2, 1), timer, Draw.zero());

    retrying.policies().read(SERVICE);

    // Two fit into the minute, a second and two apart; the third begins when the first has left.
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(3);
    assertThat(timer.elapsed()).isEqualTo(MINUTE);
  }

  // At once

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64})
  void noMoreCallsThanThat_areUnderWay(int atOnce) throws InterruptedException {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    cloud.before(
        Op.READ,
        SERVICE,
        times(
            300,
            () -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              pause(Duration.ofMillis(5));
              underWay.decrementAndGet();
            }));
    var paced = paced(Pace.READS, atOnce);
    Callable<AllowPolicy> read = () -> paced.policies().read(SERVICE);

    Concurrently.all(Collections.nCopies(300, read));

    assertThat(most.get()).isEqualTo(atOnce);
  }

  // Interrupts

  @Test
  void whoIsInterruptedWhileItWaits_sendsNothing() throws InterruptedException {
    var pace = new Pace(10, 1);
    var paced = pace.of(cloud);
    for (var i = 0; i < 10; i++) {
      paced.policies().read(SERVICE);
    }
    var thrown = new ArrayList<Throwable>();
    var waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                paced.policies().read(SERVICE);
              } catch (NotBegunException e) {
                thrown.add(e);
              }
            });
    while (pace.opening().isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(pace.opening().get()).isBetween(Instant.now(), Instant.now().plus(MINUTE));
    waiter.interrupt();
    waiter.join();

    assertThat(thrown).hasSize(1);
    assertThat(pace.opening()).isEmpty();
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(10);
  }

  @Test
  void whoIsInterruptedBeforeItsTurn_sendsNothing() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    cloud.before(
        Op.READ,
        SERVICE,
        () -> {
          begun.countDown();
          await(release);
        });
    var paced = paced(60, 1);
    var first = Thread.ofVirtual().start(() -> paced.policies().read(SERVICE));
    begun.await();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> paced.policies().read(SERVICE)).isInstanceOf(NotBegunException.class);

    assertThat(Thread.interrupted()).isTrue();
    release.countDown();
    first.join();
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
  }

  private Cloud paced(int reads, int atOnce) {
    return new Pace(reads, atOnce).of(cloud).waitingBy(timer);
  }

  private static Runnable[] times(int number, Runnable event) {
    return Collections.nCopies(number, event).toArray(Runnable[]::new);
  }

  private static CloudException fault(Optional<Duration> retryAfter) {
    return new CloudException.Transient(
        Failure.of("INTERNAL", "resource", "message", "advice"), retryAfter);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How many lie in the minute that ends now.
  private static long within(List<Instant> times, Instant now) {
    return times.stream()
        .filter(time -> time.isAfter(now.minus(MINUTE)) && !time.isAfter(now))
        .count();
  }
}
