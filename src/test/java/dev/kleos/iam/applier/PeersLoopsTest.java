package dev.kleos.iam.applier;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Call;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.AllowPolicy;
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
import io.grpc.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The defects of other tools' read-modify-write loops, each with the test that keeps it out.
@Timeout(30)
class PeersLoopsTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Grant ALICE = grant("roles/run.invoker", "user:alice@example.com");
  private static final Grant RIVAL = grant("roles/run.invoker", "user:rival@example.com");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final VirtualTimer timer = new VirtualTimer();
  private final Stop stop = new Stop();

  // Terraform: the check after a write compares a pointer with itself, and costs three reads.

  @Test
  void whatGoogleStored_isComparedWithWhatWasSent_withoutAnotherRead() {
    var primary = grant("roles/run.invoker", "user:alice@primary.example");
    cloud.storesAs(grant -> grant.equals(ALICE) ? primary : grant);

    assertThat(apply(adding(ALICE)))
        .isEqualTo(new Outcome.Rewritten(Set.of(ALICE), Set.of(primary)));
    assertThat(cloud.log()).containsExactly(new Call(Op.WRITE, SERVICE));
    assertThat(timer.sleeps()).isEmpty();
  }

  // Terraform: no growing wait and no deadline after a 429 of the first read.

  @Test
  void theFirst429_isWaitedForWithGrowingWaits_andEndsAtTheDeadline() {
    cloud.before(Op.READ, SERVICE, forEver(FakeCloud.failing(fault("RESOURCE_EXHAUSTED"))));

    assertThat(apply(new ModifyPolicy(SERVICE, AllowPolicy.NONE, diff(ALICE))))
        .isEqualTo(
            new Outcome.Failed(
                Failure.of(
                    "RESOURCE_EXHAUSTED",
                    "resource",
                    "message. Tried 14 times within 5 minutes.",
                    "advice")));
    assertThat(timer.sleeps().subList(0, 6))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L);
    assertThat(timer.elapsed()).isLessThan(Duration.ofMinutes(5));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isZero();
  }

  // Terraform: no jitter after a conflict, and the end of it after 31 s.

  @Test
  void aConflict_isWaitedForWithJitter_andForLongerThan31Seconds() {
    rivalsWrite(9);
    var draw = Draw.largest();

    assertThat(apply(draw, adding(ALICE))).isEqualTo(new Outcome.Applied(10));
    assertThat(timer.elapsed()).isGreaterThan(Duration.ofSeconds(31));
    // Every wait is drawn, from nothing to a bound.
    assertThat(timer.sleeps())
        .extracting(Duration::toMillis)
        .isEqualTo(draw.bounds().stream().map(bound -> bound - 1).toList())
        .hasSize(9);
  }

  // jit-groups: a conflict is a 412 only, though IAM answers 409; four attempts, 200 ms.

  @ParameterizedTest
  @CsvSource({"ABORTED, 409", "FAILED_PRECONDITION, 412"})
  void aConflict_isSeenAs409AndAs412(Status.Code code, int http) {
    try (var emulator = Emulator.start(World.demo());
        var google = GoogleCloud.over(emulator.channelBuilder())) {
      var planned = google.policies().read(SERVICE);
      var writes = new AtomicInteger();
      emulator.onCall(call -> {
        if (call.is("SetIamPolicy") && writes.incrementAndGet() <= 5) {
          throw code.toStatus()
              .withDescription("There were concurrent policy changes.")
              .asRuntimeException();
        }
      });

      assertThat(
              applier(google, Draw.zero())
                  .apply(changes(new ModifyPolicy(SERVICE, planned, diff(ALICE)))))
          .as("HTTP %d", http)
          .singleElement()
          .satisfies(step -> assertThat(step.outcome()).isEqualTo(new Outcome.Applied(6)));
    }
  }

  // jit-groups: interrupts are swallowed.

  @Test
  void interrupts_areNotSwallowed_whileRivalsWrite() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, RIVAL);
          Thread.currentThread().interrupt();
        });
    cloud.before(Op.WRITE, SERVICE, forEver(() -> cloud.add(SERVICE, RIVAL)));

    assertThat(apply(adding(ALICE))).isEqualTo(new Outcome.Stopped());
    assertThat(stop.isRequested()).isTrue();
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
  }

  @Test
  void interrupts_areNotSwallowed_whileGoogleIsAway() {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          Thread.currentThread().interrupt();
          throw fault("UNAVAILABLE");
        });

    assertThat(apply(adding(ALICE)))
        .isEqualTo(
            new Outcome.Failed(
                Failure.of(
                    "UNAVAILABLE",
                    "resource",
                    "message. Interrupted before it was tried again.",
                    "advice")));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
  }

  // Config Connector: the etag is blanked.

  @Test
  void noWrite_leavesWithoutAnEtag() {
    rivalsWrite(3);

    applier(cloud, Draw.zero())
        .apply(
            changes(
                new CreateServiceAccount(ServiceAccount.desired(ACCOUNT, null, null)),
                new ModifyPolicy(ACCOUNT, AllowPolicy.NONE, diff(ALICE)),
                adding(ALICE)));

    assertThat(cloud.sent()).hasSize(5).allMatch(AllowPolicy::exists);
  }

  // Guardian: errors are marked as worth a retry after the loop, so that there is none.

  @Test
  void anErrorInTheFirstAttempt_isRetried() {
    for (var op : List.of(Op.READ, Op.WRITE)) {
      cloud.before(op, SERVICE, FakeCloud.failing(fault("UNAVAILABLE")));
    }

    assertThat(apply(new ModifyPolicy(SERVICE, AllowPolicy.NONE, diff(ALICE))))
        .isEqualTo(new Outcome.Applied(1));
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(2);
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(2);
  }

  // A client that reads a fresh etag and sends its stale body under it.

  @Test
  void aStaleBody_isNeverSentUnderAFreshEtag_soTheRivalsGrantSurvives() {
    var change = adding(ALICE);
    cloud.add(SERVICE, RIVAL);
    var fresh = cloud.policy(SERVICE).etag();

    assertThat(apply(change)).isEqualTo(new Outcome.Applied(2));
    assertThat(cloud.sent())
        .filteredOn(sent -> sent.etag().equals(fresh))
        .singleElement()
        .satisfies(sent -> assertThat(sent.grants()).containsExactlyInAnyOrder(ALICE, RIVAL));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(ALICE, RIVAL);
  }

  private void rivalsWrite(int times) {
    for (var i = 0; i < times; i++) {
      cloud.before(Op.WRITE, SERVICE, () -> cloud.add(SERVICE, RIVAL));
    }
  }

  private ModifyPolicy adding(Grant grant) {
    return new ModifyPolicy(SERVICE, cloud.policy(SERVICE), diff(grant));
  }

  private static GrantDiff diff(Grant grant) {
    return GrantDiff.of(Set.of(grant), Set.of());
  }

  private Outcome apply(Change change) {
    return apply(Draw.zero(), change);
  }

  private Outcome apply(RandomGenerator random, Change change) {
    return applier(cloud, random).apply(changes(change)).getFirst().outcome();
  }

  private Applier applier(Cloud where, RandomGenerator random) {
    return new Applier(
        where, Duration.ofMinutes(5), timer, random, Progress.NONE, stop, Journal.NONE);
  }

  private static ChangeSet changes(Change... changes) {
    return ChangeSet.of(List.of(changes));
  }

  private static Runnable[] forEver(Runnable event) {
    return Collections.nCopies(1000, event).toArray(Runnable[]::new);
  }

  private static CloudException.Transient fault(String code) {
    return new CloudException.Transient(
        Failure.of(code, "resource", "message", "advice"), Optional.empty());
  }
}
