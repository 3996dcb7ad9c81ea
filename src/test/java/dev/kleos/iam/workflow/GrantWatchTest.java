package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.cloud.Tokens;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Seen on the emulator as the account that gets the grant, on a clock that the test moves.
class GrantWatchTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {}
      services:
        kleos-service:
          invokers: []
      """;

  @TempDir private Path folder = Path.of("");
  private Onboarding onboarding = new Onboarding(folder);
  private final Played timer = new Played();

  @BeforeEach
  void write() throws InterruptedException {
    onboarding = Onboarding.of(folder, PLAN);
  }

  @AfterEach
  void close() {
    onboarding.close();
  }

  @Test
  void whatWorks_isAskedForThreeTimes_aSecondApart() throws InterruptedException {
    grant();

    assertThat(await(Duration.ofMinutes(10)).effective()).isTrue();
    assertThat(timer.sleeps).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(asked()).isEqualTo(3);
  }

  @Test
  void whatWorksLater_isWaitedFor() throws InterruptedException {
    timer.events.addAll(List.of(() -> {}, () -> {}, () -> {}, this::grant));

    assertThat(await(Duration.ofMinutes(10)).effective()).isTrue();
    assertThat(asked()).isEqualTo(4 + 3);
  }

  @Test
  void aYes_thatIsFollowedByANo_doesNotCount() throws InterruptedException {
    grant();
    timer.events.addAll(List.of(() -> {}, this::revoke, this::grant));

    assertThat(await(Duration.ofMinutes(10)).effective()).isTrue();
    assertThat(asked()).isEqualTo(2 + 1 + 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 600})
  void whatNeverWorks_endsInTime(int seconds) throws InterruptedException {
    var begin = timer.now();

    assertThat(await(Duration.ofSeconds(seconds)).effective()).isFalse();
    assertThat(Duration.between(begin, timer.now()))
        .isLessThanOrEqualTo(Duration.ofSeconds(seconds));
    assertThat(asked()).isLessThan(20 + seconds / 2);
  }

  @Test
  void aYesJustBeforeTheEnd_isNotEnough() throws InterruptedException {
    grant();

    assertThat(await(Duration.ofSeconds(2)).effective()).isFalse();
    assertThat(asked()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"carol@example.com", "group:devs@example.com", "domain:example.com"})
  void whomNobodyHereCanBe_isToldBeforeAnythingIsGranted(String who) {
    assertThatThrownBy(() -> watch(who))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageStartingWith("whether it works for ")
        .hasMessageEndingWith(
            " cannot be seen from here, so nothing was granted: only for yourself and accounts that"
                + " you can act as; leave --wait out, and have them run kleos-iam doctor --wait");
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void anAccountThatIsNotThere_cannotBeSeen() {
    assertThatThrownBy(() -> watch("nobody@kleos-demo.iam.gserviceaccount.com"))
        .isInstanceOf(PlanUsageException.class);
  }

  /// Each account is a connection of its own.
  @ParameterizedTest
  @MethodSource("noAnswers")
  void whereGoogleGivesNoAnswerForOne_theConnectionsOfTheOthersAreClosed(CloudException failure) {
    var second = "kleos-reader@kleos-demo.iam.gserviceaccount.com";
    var opened = mock(Cloud.class);
    var tokens = mock(Tokens.class);
    var cloud = mock(Cloud.class, delegatesTo(onboarding.demo.cloud));
    doReturn(tokens).when(cloud).tokens();
    doReturn(opened).when(cloud).as(any());
    when(tokens.accessToken(Onboarding.ACCOUNT, List.of())).thenReturn(new Token("a-token"));
    when(tokens.accessToken(Resource.Account.ofEmail(second), List.of())).thenThrow(failure);

    assertThatThrownBy(() -> watch(cloud, "kleos-invoker", second)).isSameAs(failure);

    verify(opened).close();
  }

  static Stream<CloudException> noAnswers() {
    var failure = Failure.of("UNAVAILABLE", "it", "No answer.", "");
    return Stream.of(
        new CloudException.Transient(failure, Optional.empty()),
        new CloudException.Unavailable(failure));
  }

  private GrantWatch.Result await(Duration time) throws InterruptedException {
    try (var watch = watch("kleos-invoker")) {
      assertThat(watch.permissions()).containsExactly("run.routes.invoke");
      return watch.await(time, timer, new Random(1), _ -> {});
    }
  }

  private GrantWatch watch(String who) {
    return watch(onboarding.demo.cloud, who);
  }

  private GrantWatch watch(Cloud cloud, String... who) {
    var files = onboarding.files();
    var plan = files.compile(RandomIam.NOW);
    var principals = Stream.of(who).map(one -> PrincipalArgument.parse(one, plan)).toList();
    var request = new GrantRequest(SERVICE, principals, null, null, false, true);
    return GrantWatch.of(request, files, RandomIam.NOW, cloud, cloud);
  }

  private long asked() {
    return onboarding.demo.calls("TestIamPermissions", SERVICE);
  }

  private void grant() {
    put(
        Binding.newBuilder()
            .setRole("roles/run.invoker")
            .addMembers(Onboarding.ACCOUNT.principal().spelling()));
  }

  private void revoke() {
    put();
  }

  private void put(Binding.Builder... bindings) {
    var policy = Policy.newBuilder();
    List.of(bindings).forEach(policy::addBindings);
    onboarding.demo.emulator.world().putPolicy(SERVICE.name(), policy.build());
  }

  /// Time that passes by sleeping alone; something happens at the end of each sleep.
  private static final class Played implements Timer {
    final List<Duration> sleeps = new ArrayList<>();
    final Deque<Runnable> events = new ArrayDeque<>();
    private Instant now = RandomIam.NOW;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      sleeps.add(duration);
      now = now.plus(duration);
      var event = events.poll();
      if (event != null) {
        event.run();
      }
    }
  }
}
