package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When calls are made again, on a clock that passes by sleeping alone.
@Timeout(30)
class RetryingCloudTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final ServiceAccount DESIRED = ServiceAccount.desired(ACCOUNT, "Name", "Text");
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private static final AllowPolicy STALE = AllowPolicy.of("c3RhbGU=", List.of());

  private static final Method READ =
      new Method(Op.READ, SERVICE, cloud -> cloud.policies().read(SERVICE));
  private static final Method WRITE =
      new Method(
          Op.WRITE,
          SERVICE,
          cloud -> cloud.policies().compareAndSet(SERVICE, AllowPolicy.of("ACAB", List.of())));
  private static final Method NUMBER =
      new Method(Op.FIND, PROJECT, cloud -> cloud.catalog().projectNumber(PROJECT));

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final VirtualTimer timer = new VirtualTimer();

  static List<Method> needed() {
    return List.of(
        new Method(Op.FIND, ACCOUNT, cloud -> cloud.accounts().find(ACCOUNT)),
        new Method(Op.LIST, PROJECT, cloud -> cloud.accounts().list("kleos-demo")),
        new Method(Op.CREATE, ACCOUNT, cloud -> cloud.accounts().create(DESIRED)),
        new Method(Op.UPDATE, ACCOUNT, cloud -> cloud.accounts().update(DESIRED)),
        READ,
        WRITE,
        NUMBER);
  }

  static List<Method> kind() {
    return List.of(
        new Method(
            Op.LIST, PROJECT, cloud -> cloud.catalog().services("kleos-demo", "us-central1")),
        new Method(Op.FIND, SERVICE, cloud -> cloud.catalog().service(SERVICE)));
  }

  // What was not answered

  @Test
  void aWriteWithoutAnAnswer_mayBeWhatALaterOneConflictsWith() {
    var policies = until(FIVE_MINUTES, Draw.zero()).policies();
    cloud.before(
        Op.WRITE,
        SERVICE,
        FakeCloud.failing(fault("UNAVAILABLE")),
        FakeCloud.failing(new CloudException.NotFound(failure("NOT_FOUND"))));

    assertThat(catchThrowable(() -> policies.compareAndSet(SERVICE, STALE)))
        .isInstanceOf(CloudException.NotFound.class);
    assertThat(policies.isUnanswered(SERVICE)).isTrue();
    assertThat(policies.compareAndSet(SERVICE, STALE)).isEqualTo(new Policies.Conflict(true));
  }

  @Test
  void aWriteThatWasOneTooMany_isAnswered() {
    var policies = until(FIVE_MINUTES, Draw.zero()).policies();
    cloud.before(Op.WRITE, SERVICE, FakeCloud.failing(fault("RESOURCE_EXHAUSTED")));

    assertThat(policies.compareAndSet(SERVICE, STALE)).isEqualTo(new Policies.Conflict(false));
    assertThat(policies.isUnanswered(SERVICE)).isFalse();
  }

  // The schedule

  @ParameterizedTest
  @MethodSource("needed")
  void aFault_isWaitedForByGooglesSchedule_andTheCallMadeAgain(Method method) {
    cloud.with(live());
    fail(method, 7, fault("INTERNAL"));
    var draw = Draw.zero();

    attempt(method, until(FIVE_MINUTES, draw));

    assertThat(timer.sleeps()).containsExactly(seconds(1, 2, 4, 8, 16, 32, 32));
    assertThat(draw.bounds()).containsExactlyElementsOf(Collections.nCopies(7, 1001L));
    assertThat(cloud.count(method.op(), method.resource())).isEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("kind")
  void whatARunCanDoWithout_isTriedForTenSecondsOnly(Method method) {
    fail(method, 100, fault("INTERNAL"));

    assertThat(attempt(method, until(FIVE_MINUTES, Draw.zero())).orElseThrow().failure().message())
        .isEqualTo("message. Tried 4 times within 7 seconds.");
    assertThat(timer.sleeps()).containsExactly(seconds(1, 2, 4));
  }

  @Test
  void upToASecondMore_isDrawn_andTheCapHoldsForTheSum() {
    fail(READ, 6, fault("UNAVAILABLE"));

    attempt(READ, until(FIVE_MINUTES, Draw.largest()));

    assertThat(timer.sleeps()).containsExactly(seconds(2, 3, 5, 9, 17, 32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN"})
  void aFaultThatStays_isGivenUpBeforeTheDeadline_andSaysHowOftenAndHowLong(String code) {
    fail(READ, 100, fault(code));

    var failed = attempt(READ, until(FIVE_MINUTES, Draw.zero())).orElseThrow();

    // 1 + 2 + 4 + 8 + 16 = 31 s; then 32 s at a time: 8 more fit before 5 minutes are over.
    assertThat(timer.elapsed()).isEqualTo(Duration.ofSeconds(31 + 8 * 32));
    assertThat(failed.failure())
        .isEqualTo(
            Failure.of(code, "resource", "message. Tried 14 times within 5 minutes.", "advice"));
  }

  @ParameterizedTest
  @MethodSource({"needed", "kind"})
  void whatNoRetryHelps_isAnErrorAtOnce(Method method) {
    for (var kind : kinds()) {
      cloud.before(method.op(), method.resource(), FakeCloud.failing(kind));
      attempt(method, until(FIVE_MINUTES, Draw.zero()));
    }

    assertThat(cloud.count(method.op(), method.resource())).isEqualTo(kinds().size());
    assertThat(timer.sleeps()).isEmpty();
  }

  // The deadline

  @Test
  void allCalls_shareOneDeadline() throws InterruptedException {
    var retrying = until(Duration.ofSeconds(10), Draw.zero());
    fail(READ, 100, fault("INTERNAL"));
    timer.sleep(Duration.ofSeconds(8));

    assertThat(attempt(READ, retrying)).isPresent();
    assertThat(attempt(READ, retrying)).isPresent();

    // One second fits, two do not; and for the second call nothing does.
    assertThat(timer.sleeps()).containsExactly(seconds(8, 1));
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(3);
  }

  @Test
  void theTimeBeforeTheFirstCall_doesNotCount() throws InterruptedException {
    var retrying = within(Duration.ofSeconds(10), Draw.zero());
    timer.sleep(Duration.ofHours(1));
    fail(READ, 2, fault("INTERNAL"));

    assertThat(attempt(READ, retrying)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "DEADLINE_EXCEEDED"})
  void aNetworkThatWasNeverThere_isGivenUpAfter25Seconds(String code) {
    fail(READ, 100, fault(code));

    var failed = attempt(READ, within(FIVE_MINUTES, Draw.zero())).orElseThrow();

    assertThat(timer.sleeps()).containsExactly(seconds(1, 2, 4, 8));
    assertThat(failed.failure().message()).isEqualTo("message. Tried 5 times within 20 seconds.");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "10, 3", "24, 4", "25, 4", "26, 4"})
  void aShorterTimeout_holdsForThatToo(int timeout, int sleeps) {
    fail(READ, 100, fault("UNAVAILABLE"));

    attempt(READ, within(Duration.ofSeconds(timeout), Draw.zero()));

    assertThat(timer.sleeps()).hasSize(sleeps);
  }

  @Test
  void aNetworkThatWasThere_isWaitedForUntilTheDeadline() {
    for (var answer : answers()) {
      var retrying = within(FIVE_MINUTES, Draw.zero());
      cloud.before(Op.READ, SERVICE, answer);
      attempt(READ, retrying);
      fail(READ, 8, fault("UNAVAILABLE"));

      assertThat(attempt(READ, retrying)).isEmpty();
    }
  }

  @Test
  void anAnswerToAnotherCall_meanwhile_isEnoughToGoOnWaiting() {
    var retrying = within(FIVE_MINUTES, Draw.zero());
    fail(READ, 3, fault("UNAVAILABLE"));
    cloud.before(
        Op.READ,
        SERVICE,
        () -> {
          attempt(NUMBER, retrying);
          throw fault("UNAVAILABLE");
        });
    fail(READ, 2, fault("UNAVAILABLE"));

    assertThat(attempt(READ, retrying)).isEmpty();
    assertThat(timer.sleeps()).containsExactly(seconds(1, 2, 4, 8, 16, 32));
  }

  // 429

  @Test
  void aRateLimit_isWaitedForAsLongAsGoogleAsks_orAsTheScheduleWhereThatIsLonger() {
    cloud.before(
        Op.READ,
        SERVICE,
        FakeCloud.failing(exhausted(Duration.ofSeconds(30))),
        FakeCloud.failing(exhausted(Duration.ofMillis(500))),
        FakeCloud.failing(exhausted(Duration.ofSeconds(-1))),
        FakeCloud.failing(fault("RESOURCE_EXHAUSTED")));

    assertThat(attempt(READ, within(FIVE_MINUTES, Draw.zero()))).isEmpty();
    assertThat(timer.sleeps()).containsExactly(seconds(30, 2, 4, 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "86401 | 24 hours",
        "300 | 5 minutes",
        "5400 | 90 minutes",
        "9223372036854775 | 2562047788015 hours"
      })
  void aWaitThatPassesTheDeadline_isAnErrorAtOnce_andSaysHowLong(long asked, String words) {
    fail(WRITE, 1, exhausted(Duration.ofSeconds(asked)));

    var failed = attempt(WRITE, until(FIVE_MINUTES, Draw.zero())).orElseThrow();

    assertThat(failed.failure().message()).isEqualTo("message. Google asks to wait " + words + ".");
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void aWaitOfMoreThanTenMinutes_isAnErrorAtOnce_whateverTheDeadline() {
    cloud.before(
        Op.READ,
        SERVICE,
        FakeCloud.failing(exhausted(Duration.ofMinutes(10))),
        FakeCloud.failing(exhausted(Duration.ofSeconds(601))));

    var failed = attempt(READ, until(Duration.ofDays(2), Draw.zero())).orElseThrow();

    assertThat(timer.sleeps()).containsExactly(seconds(600));
    assertThat(failed.failure().message())
        .isEqualTo("message. Google asks to wait 10 minutes. Tried 2 times within 10 minutes.");
  }

  // Interrupts

  @Test
  void anInterrupt_endsTheRetrying_andIsNotSwallowed() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        FakeCloud.failing(fault("UNAVAILABLE")),
        () -> {
          Thread.currentThread().interrupt();
          throw fault("UNAVAILABLE");
        });

    var failed = attempt(WRITE, until(FIVE_MINUTES, Draw.zero())).orElseThrow();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failed.failure().message())
        .isEqualTo(
            "message. Tried 2 times within 1 second. Interrupted before it was tried again.");
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(2);
  }

  private Cloud until(Duration timeout, Draw draw) {
    return RetryingCloud.until(timer.now().plus(timeout), cloud, timer, draw);
  }

  private Cloud within(Duration timeout, Draw draw) {
    return RetryingCloud.within(timeout, cloud, timer, draw);
  }

  private void fail(Method method, int times, CloudException failure) {
    for (var i = 0; i < times; i++) {
      cloud.before(method.op(), method.resource(), FakeCloud.failing(failure));
    }
  }

  /// How the call fails, if it does.
  private static Optional<CloudException> attempt(Method method, Cloud retrying) {
    try {
      method.call().accept(retrying);
      return Optional.empty();
    } catch (CloudException e) {
      return Optional.of(e);
    }
  }

  private static List<CloudException> kinds() {
    return List.of(
        new CloudException.AlreadyExists(failure("ALREADY_EXISTS")),
        new CloudException.Denied(failure("PERMISSION_DENIED")),
        new CloudException.Rejected(failure("INVALID_ARGUMENT")),
        new CloudException.Unavailable(failure("UNAUTHENTICATED")),
        new CloudException.NotFound(failure("NOT_FOUND")));
  }

  /// What shows that Google was reached.
  private static List<Runnable> answers() {
    return Stream.concat(
            Stream.<Runnable>of(() -> {}, FakeCloud.failing(fault("INTERNAL"))),
            kinds().stream().map(FakeCloud::failing))
        .toList();
  }

  private static CloudException.Transient fault(String code) {
    return new CloudException.Transient(failure(code), Optional.empty());
  }

  private static CloudException.Transient exhausted(Duration retryAfter) {
    return new CloudException.Transient(failure("RESOURCE_EXHAUSTED"), Optional.of(retryAfter));
  }

  private static Failure failure(String code) {
    return Failure.of(code, "resource", "message", "advice");
  }

  private static ServiceAccount live() {
    return new ServiceAccount(ACCOUNT, "Old", "Text", "100000000000000000001", false);
  }

  private static Duration[] seconds(int... seconds) {
    return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
  }

  /// A method of a port, and what the fake calls it.
  record Method(Op op, Resource resource, Consumer<Cloud> call) {}
}
