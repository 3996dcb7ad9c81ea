package dev.kleos.iam.applier;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.Pace;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The wish to stop, at each step of applying.
@Timeout(30)
class StopTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final CreateServiceAccount CREATE =
      new CreateServiceAccount(ServiceAccount.desired(ACCOUNT, "Name", "Text"));
  private static final Grant ALICE = grant("roles/run.invoker", "user:alice@example.com");
  private static final Grant RIVAL = grant("roles/run.invoker", "user:rival@example.com");
  private static final Failure FAILURE = Failure.of("UNAVAILABLE", "r", "message", "advice");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final VirtualTimer timer = new VirtualTimer();
  private final Stop stop = new Stop();

  @Test
  void beforeTheFirstStep_nothingIsCalled() {
    stop.request();

    assertThat(apply(CREATE, adding(SERVICE)))
        .containsExactly(new Outcome.Stopped(), new Outcome.Stopped());
    assertThat(cloud.log()).isEmpty();
  }

  @Test
  void whileAnAccountIsCreated_theCreationIsFinished_andNoPolicyIsWritten() {
    cloud.before(Op.CREATE, ACCOUNT, stop::request);

    assertThat(apply(CREATE, adding(ACCOUNT), adding(SERVICE)))
        .containsExactly(new Outcome.Applied(1), new Outcome.Stopped(), new Outcome.Stopped());
    assertThat(cloud.account(ACCOUNT)).isPresent();
    assertThat(cloud.count(Op.READ, ACCOUNT)).isZero();
    assertThat(cloud.count(Op.WRITE, SERVICE)).isZero();
  }

  @Test
  void whileAPolicyIsWritten_theWriteIsFinished() {
    cloud.before(Op.WRITE, SERVICE, stop::request);

    assertThat(apply(adding(SERVICE))).containsExactly(new Outcome.Applied(1));
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(ALICE);
  }

  @Test
  void whereARivalWroteFirst_nothingMoreIsWritten_andNothingIsWaitedFor() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, RIVAL);
          stop.request();
        });

    assertThat(apply(adding(SERVICE))).containsExactly(new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void whileAPolicyIsReadAgainAfterARival_itIsNotWritten() {
    cloud.before(Op.WRITE, SERVICE, () -> cloud.add(SERVICE, RIVAL));
    cloud.before(Op.READ, SERVICE, stop::request);

    assertThat(apply(adding(SERVICE))).containsExactly(new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(RIVAL);
  }

  @Test
  void whileThePolicyOfANewAccountIsRead_itIsNotWritten() {
    cloud.before(Op.READ, ACCOUNT, stop::request);

    assertThat(apply(CREATE, adding(ACCOUNT)))
        .containsExactly(new Outcome.Applied(1), new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, ACCOUNT)).isZero();
  }

  @Test
  void whereGoogleRefusesSomebody_theRestIsNotWritten_andTheRefusalIsTold() {
    cloud.refuses(ALICE::equals);
    cloud.before(Op.WRITE, SERVICE, stop::request);
    var change =
        new ModifyPolicy(
            SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(ALICE, RIVAL), Set.of()));

    assertThat(apply(change))
        .containsExactly(
            new Outcome.Partly(
                List.of(FakeCloud.refusal(SERVICE, ALICE.principal())),
                GrantDiff.of(Set.of(ALICE), Set.of()),
                new Outcome.Stopped()));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
  }

  /// The rival may be an earlier try of our own whose answer was lost.
  @Test
  void whereTheConflictIsWithOurOwnWrite_itIsInEffect() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, ALICE);
          throw new CloudException.Transient(FAILURE, Optional.empty());
        },
        stop::request);

    assertThat(apply(adding(SERVICE))).containsExactly(new Outcome.AlreadyInEffect(true));
  }

  @Test
  void whereThatDoesNotShow_itIsNotSaidThatItWasNotWritten() {
    cloud.before(Op.WRITE, SERVICE, this::loseTheCall, this::meetARivalAndStop);

    assertThat(apply(adding(SERVICE))).containsExactly(new Outcome.Failed(open("")));
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
  }

  @Test
  void whereThatCannotBeReadAnyMore_itIsNotSaidEither() {
    cloud.before(Op.WRITE, SERVICE, this::loseTheCall, this::meetARivalAndStop);
    cloud.before(Op.READ, SERVICE, this::loseTheCall);

    assertThat(apply(adding(SERVICE)))
        .containsExactly(
            new Outcome.Failed(
                open(" Whether it was written is not known; kleos-iam plan shows it.")));
  }

  /// Where calls take turns, none begins any more when it is wished, but for this look.
  @Test
  void whereAnAnswerWasLost_andNothingIsTriedAgain_whatWasWrittenIsInEffect() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, ALICE);
          stop.request();
          loseTheCall();
        });
    var paced = new Pace(Pace.READS, 1).of(cloud);

    assertThat(apply(paced, timer, adding(SERVICE)))
        .containsExactly(new Outcome.AlreadyInEffect(true));
  }

  @Test
  void whereGoogleIsAway_nothingIsTriedAgain_andTheFailureSaysSo() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          stop.request();
          throw new CloudException.Transient(FAILURE, Optional.empty());
        });

    assertThat(apply(adding(SERVICE)))
        .containsExactly(
            new Outcome.Failed(FAILURE.withSentence("Interrupted before it was tried again.")));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void whereANewAccountIsNotSeenYet_itsPolicyIsNotWritten() {
    var notSeen =
        FakeCloud.failing(new CloudException.NotFound(Failure.of("NOT_FOUND", "r", "message", "")));
    cloud.before(
        Op.READ,
        ACCOUNT,
        () -> {
          stop.request();
          notSeen.run();
        },
        notSeen);

    assertThat(apply(CREATE, adding(ACCOUNT)))
        .containsExactly(new Outcome.Applied(1), new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, ACCOUNT)).isZero();
  }

  @Test
  void anInterrupt_ofTheApplyingThread_isTheSameWish_andStaysOnTheThread() throws Exception {
    var creating = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    cloud.before(
        Op.CREATE,
        ACCOUNT,
        () -> {
          creating.countDown();
          await(asked);
        });
    var applying =
        new FutureTask<>(() -> {
          var outcomes = apply(CREATE, adding(SERVICE));
          return Thread.currentThread().isInterrupted() ? outcomes : List.<Outcome>of();
        });
    var thread = Thread.ofVirtual().start(applying);
    creating.await();
    thread.interrupt();
    while (!stop.isRequested()) {
      Thread.onSpinWait();
    }
    asked.countDown();

    assertThat(applying.get()).containsExactly(new Outcome.Applied(1), new Outcome.Stopped());
    assertThat(cloud.account(ACCOUNT)).isPresent();
  }

  @Test
  void aSleep_isWokenByTheWish_andLeavesNoMarkOnItsThread() throws Exception {
    var sleeping =
        new FutureTask<>(() -> {
          assertThatThrownBy(() -> stop.waking(Timer.SYSTEM).sleep(Duration.ofHours(1)))
              .isInstanceOf(InterruptedException.class);
          return Thread.currentThread().isInterrupted();
        });
    var thread = Thread.ofPlatform().start(sleeping);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    stop.request();

    assertThat(sleeping.get()).isFalse();
  }

  @Test
  void aSleep_afterTheWish_doesNotBegin() {
    stop.request();

    assertThatThrownBy(() -> stop.waking(timer).sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(timer.sleeps()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void withoutAWish_timeIsAsItWas() throws InterruptedException {
    var waking = stop.waking(timer);
    waking.sleep(Duration.ofSeconds(3));

    assertThat(waking.now()).isEqualTo(VirtualTimer.START.plusSeconds(3));
    assertThat(timer.sleeps()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void whileAWriteWaitsForTheQuota_itIsNotMade_andNobodyLooksForIt() {
    var other = new Resource.Service("kleos-demo", "us-central1", "other-service");
    cloud.with(other);
    var paced = new Pace(10, 1).of(cloud);

    assertThat(apply(paced, stoppingIn(timer), adding(SERVICE), adding(other)))
        .containsExactlyInAnyOrder(new Outcome.Applied(1), new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, SERVICE) + cloud.count(Op.WRITE, other)).isEqualTo(1);
    assertThat(cloud.count(Op.READ, SERVICE) + cloud.count(Op.READ, other)).isZero();
  }

  @Test
  void whileAWriteAfterARivalsWaitsForTheQuota_itIsNotMade_andNobodyLooksForIt() {
    cloud.before(Op.WRITE, SERVICE, () -> cloud.add(SERVICE, RIVAL));
    var paced = new Pace(10, 1).of(cloud);

    assertThat(apply(paced, stoppingIn(timer, Duration.ofSeconds(50)), adding(SERVICE)))
        .containsExactly(new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(RIVAL);
  }

  @Test
  void whoeverIsNextInTurn_whenItIsWished_doesNotBegin() {
    cloud.before(Op.WRITE, SERVICE, stop::request);
    var paced = new Pace(Pace.READS, 1).of(cloud);
    var changes = Collections.nCopies(20, adding(SERVICE));

    assertThat(apply(paced, timer, changes.toArray(Change[]::new)))
        .containsOnlyOnce(new Outcome.Applied(1))
        .contains(new Outcome.Stopped());
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
  }

  /// Time in which somebody wishes it during the first sleep.
  private Timer stoppingIn(Timer time) {
    return stoppingIn(time, Duration.ofMillis(1));
  }

  /// The same during the first sleep that is as long.
  private Timer stoppingIn(Timer time, Duration least) {
    return new Timer() {
      @Override
      public Instant now() {
        return time.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        if (duration.compareTo(least) >= 0) {
          stop.request();
        }
        time.sleep(duration);
      }
    };
  }

  private void loseTheCall() {
    throw new CloudException.Transient(FAILURE, Optional.empty());
  }

  private void meetARivalAndStop() {
    cloud.add(SERVICE, RIVAL);
    stop.request();
  }

  private static Failure open(String more) {
    return Failure.of(
        "UNKNOWN",
        SERVICE.name(),
        "Interrupted before it was tried again, and an earlier try was not answered." + more,
        "");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("a call in flight was interrupted", e);
    }
  }

  private ModifyPolicy adding(Resource resource) {
    var planned = resource.equals(ACCOUNT) ? AllowPolicy.NONE : cloud.policy(resource);
    return new ModifyPolicy(resource, planned, GrantDiff.of(Set.of(ALICE), Set.of()));
  }

  private List<Outcome> apply(Change... changes) {
    return apply(cloud, timer, changes);
  }

  private List<Outcome> apply(Cloud where, Timer time, Change... changes) {
    var changeSet = ChangeSet.of(List.of(changes));
    return new Applier(
            where, Duration.ofMinutes(5), time, Draw.largest(), Progress.NONE, stop, Journal.NONE)
        .apply(changeSet).stream().map(AppliedChange::outcome).toList();
  }
}
