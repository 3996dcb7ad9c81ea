package dev.kleos.iam.applier;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The read-modify-write loop against rivals with real etags.
@Timeout(30)
class PolicyWriterTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String INVOKER = "roles/run.invoker";
  private static final Grant ALICE = grant(INVOKER, "user:alice@example.com");
  private static final Grant BOB = grant(INVOKER, "user:bob@example.com");
  private static final Grant RIVAL = grant(INVOKER, "user:rival@example.com");
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final VirtualTimer timer = new VirtualTimer();

  @Test
  void write_undisturbed_isOneWriteAndNoRead() throws InterruptedException {
    var outcome = write(adding(ALICE));

    assertThat(outcome).isEqualTo(new Outcome.Applied(1));
    assertThat(cloud.log()).containsExactly(new FakeCloud.Call(Op.WRITE, SERVICE));
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(ALICE);
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void write_whenRivalWritesBetween_keepsTheRivalsGrant() throws InterruptedException {
    var change = adding(ALICE);
    cloud.add(SERVICE, RIVAL);

    assertThat(write(change)).isEqualTo(new Outcome.Applied(2));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(ALICE, RIVAL);
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
    assertThat(timer.sleeps()).hasSize(1);
  }

  @Test
  void write_whenRivalWritesBetweenEachReadAndWrite_goesOnUntilItIsAlone()
      throws InterruptedException {
    var change = adding(ALICE);
    var rivals =
        IntStream.range(0, 5)
            .mapToObj(i -> grant(INVOKER, "user:rival" + i + "@example.com"))
            .toList();
    cloud.before(
        Op.WRITE,
        SERVICE,
        rivals.stream()
            .<Runnable>map(rival -> () -> cloud.add(SERVICE, rival))
            .toArray(Runnable[]::new));

    assertThat(write(change)).isEqualTo(new Outcome.Applied(6));
    assertThat(cloud.policy(SERVICE).grants()).contains(ALICE).containsAll(rivals);
  }

  /// A client that refreshes only the etag and sends its stale body again loses the rival's update.
  @Test
  void write_afterAConflict_sendsWhatItReadAgain_notTheStaleBodyUnderAFreshEtag()
      throws InterruptedException {
    cloud.put(SERVICE, BOB);
    var change = adding(ALICE);
    cloud.put(SERVICE, RIVAL);

    write(change);

    assertThat(cloud.sent()).hasSize(2);
    assertThat(cloud.sent().getLast().grants()).containsExactlyInAnyOrder(ALICE, RIVAL);
    assertThat(cloud.policy(SERVICE).grants()).doesNotContain(BOB);
  }

  @Test
  void write_afterAConflict_writesNothingThatWasNotApproved() throws InterruptedException {
    cloud.put(SERVICE, BOB);
    var change = removing(BOB);
    cloud.add(SERVICE, RIVAL);

    write(change);

    assertThat(cloud.policy(SERVICE).grants()).containsExactly(RIVAL);
  }

  @Test
  void write_whenRivalHasRespelledAKeptGrant_writesTheRivalsSpellingBack()
      throws InterruptedException {
    cloud.put(SERVICE, BOB);
    var change = adding(ALICE);
    cloud.put(SERVICE, grant(INVOKER, "user:Bob@example.com"));

    write(change);

    assertThat(cloud.policy(SERVICE).spellings())
        .containsEntry(BOB, Set.of("user:Bob@example.com"));
  }

  @Test
  void write_whenRivalHasMadeTheSameChange_isAlreadyInEffect_andWritesNothingMore()
      throws InterruptedException {
    var change = adding(ALICE);
    cloud.put(SERVICE, grant(INVOKER, "user:Alice@Example.com"));
    var rivals = cloud.policy(SERVICE);

    assertThat(write(change)).isEqualTo(new Outcome.AlreadyInEffect());
    assertThat(cloud.policy(SERVICE)).isEqualTo(rivals);
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(1);
  }

  @Test
  void write_whenRivalHasRemovedWhatWeRemove_isAlreadyInEffect() throws InterruptedException {
    cloud.put(SERVICE, BOB, RIVAL);
    var change = removing(BOB);
    cloud.put(SERVICE, RIVAL);

    assertThat(write(change)).isEqualTo(new Outcome.AlreadyInEffect());
  }

  @Test
  void write_ofAChangedCondition_swapsItInOneWrite() throws InterruptedException {
    var soon = grant(INVOKER, "user:alice@example.com", Condition.until(VirtualTimer.START));
    cloud.put(SERVICE, ALICE);
    var change =
        new ModifyPolicy(SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(soon), Set.of(ALICE)));

    assertThat(write(change)).isEqualTo(new Outcome.Applied(1));
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(soon);
  }

  @Test
  void write_whenRivalsNeverStop_isContendedAtTheDeadline_afterEveryWaitItHadTimeFor()
      throws InterruptedException {
    rivalsForEver();
    var change = adding(ALICE);

    var outcome = write(change, Draw.largest());

    // 0.2 + 0.4 + … + 25.6 = 51 s; then 32 s at a time: 7 more fit before 5 minutes are over.
    assertThat(outcome).isEqualTo(new Outcome.Contended(16));
    assertThat(timer.elapsed()).isEqualTo(Duration.ofSeconds(51 + 7 * 32));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(16);
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(15);
    assertThat(cloud.policy(SERVICE).grants()).doesNotContain(ALICE);
  }

  /// Peers gave up after 31 s, or after four attempts.
  @Test
  void write_whenRivalsStopAfterTwoMinutes_isStillApplied() throws InterruptedException {
    var change = adding(ALICE);
    cloud.before(
        Op.WRITE,
        SERVICE,
        IntStream.range(0, 10)
            .<Runnable>mapToObj(_ -> () -> cloud.add(SERVICE, RIVAL))
            .toArray(Runnable[]::new));

    assertThat(write(change, Draw.largest())).isEqualTo(new Outcome.Applied(11));
    assertThat(timer.elapsed()).isGreaterThan(Duration.ofSeconds(100));
  }

  /// A check after the write that compares a value with itself always passes.
  @Test
  void write_thatGoogleStoresForAnotherPrincipal_isRewritten_andSaysWhich()
      throws InterruptedException {
    var primary = grant(INVOKER, "user:alice@primary.example");
    cloud.storesAs(grant -> grant.equals(ALICE) ? primary : grant);

    assertThat(write(adding(ALICE)))
        .isEqualTo(new Outcome.Rewritten(Set.of(ALICE), Set.of(primary)));
    assertThat(cloud.count(Op.READ, SERVICE)).isZero();
  }

  @Test
  void write_thatGoogleStoresInAnotherSpelling_isApplied() throws InterruptedException {
    cloud.storesAs(grant ->
        new Grant(grant.role(), Principal.of("user:Alice@Example.com"), grant.condition()));

    assertThat(write(adding(ALICE))).isEqualTo(new Outcome.Applied(1));
  }

  @Test
  void write_onAPolicyThatWasNotThereWhenPlanned_readsItFirst_andSendsItsEtag()
      throws InterruptedException {
    cloud.put(SERVICE, RIVAL);
    var etag = cloud.policy(SERVICE).etag();

    var outcome =
        write(new ModifyPolicy(SERVICE, AllowPolicy.NONE, GrantDiff.of(Set.of(ALICE), Set.of())));

    assertThat(outcome).isEqualTo(new Outcome.Applied(1));
    assertThat(cloud.sent()).extracting(AllowPolicy::etag).containsExactly(etag);
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(RIVAL, ALICE);
  }

  @Test
  void write_everyTime_sendsTheEtagOfWhatItLastRead() throws InterruptedException {
    cloud.put(SERVICE, BOB);
    var first = cloud.policy(SERVICE).etag();
    var change = adding(ALICE);
    cloud.add(SERVICE, RIVAL);
    var second = cloud.policy(SERVICE).etag();

    write(change);

    assertThat(cloud.sent()).extracting(AllowPolicy::etag).containsExactly(first, second);
  }

  @Test
  void write_interruptedWhileItWaits_stopsWithoutAnotherCall() throws InterruptedException {
    var change = adding(ALICE);
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, RIVAL);
          Thread.currentThread().interrupt();
        });

    assertThat(write(change)).isEqualTo(new Outcome.Stopped());
    assertThat(cloud.log()).containsExactly(new FakeCloud.Call(Op.WRITE, SERVICE));
  }

  @Test
  void write_thatGoogleRefuses_failsAtOnce() {
    var failure = Failure.of("PERMISSION_DENIED", SERVICE.name(), "You may not.", "Ask.");
    cloud.before(Op.WRITE, SERVICE, FakeCloud.failing(new CloudException.Denied(failure)));

    assertThatThrownBy(() -> write(adding(ALICE))).isInstanceOf(CloudException.Denied.class);
    assertThat(cloud.log()).hasSize(1);
    assertThat(timer.sleeps()).isEmpty();
  }

  // The last who has a role

  @Test
  void write_whereTheNewcomerIsRefused_leavesTheRoleToWhomTheyWereToReplace()
      throws InterruptedException {
    cloud.put(SERVICE, BOB);
    refuse(ALICE);

    var outcome = write(change(Set.of(ALICE), Set.of(BOB)));

    assertThat(cloud.policy(SERVICE).grants()).containsExactly(BOB);
    assertThat(outcome).isInstanceOf(Outcome.Partly.class);
    assertThat(((Outcome.Partly) outcome).failures())
        .last()
        .extracting(Failure::message)
        .isEqualTo(
            "user:bob@example.com stays: nobody else would have roles/run.invoker any more.");
  }

  @Test
  void write_whereARivalRemovesTheOthers_leavesTheRoleToTheLast() throws InterruptedException {
    cloud.put(SERVICE, ALICE, BOB);
    var change = change(Set.of(), Set.of(BOB));
    cloud.put(SERVICE, BOB);

    var outcome = write(change);

    assertThat(cloud.policy(SERVICE).grants()).containsExactly(BOB);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  /// That nobody has it any more was approved.
  @Test
  void write_thatWasToLeaveTheRoleToNobody_does_alsoAfterAConflict() throws InterruptedException {
    cloud.put(SERVICE, BOB);
    var change = change(Set.of(), Set.of(BOB));
    cloud.put(SERVICE, BOB);

    assertThat(write(change)).isEqualTo(new Outcome.Applied(2));
    assertThat(cloud.policy(SERVICE).grants()).isEmpty();
  }

  // Principals whom Google does not accept

  @Test
  void write_withKBadMembers_isKPlusOneWritesAndNoRead_andTheRestGoesThrough()
      throws InterruptedException {
    var carol = grant(INVOKER, "user:carol@example.com");
    cloud.put(SERVICE, RIVAL);
    refuse(ALICE, BOB);

    var outcome = write(adding(ALICE, BOB, carol));

    assertThat(outcome).isInstanceOf(Outcome.Partly.class);
    var partly = (Outcome.Partly) outcome;
    assertThat(partly.failures())
        .containsExactlyInAnyOrder(
            FakeCloud.refusal(SERVICE, ALICE.principal()),
            FakeCloud.refusal(SERVICE, BOB.principal()));
    assertThat(partly.left()).isEqualTo(GrantDiff.of(Set.of(ALICE, BOB), Set.of()));
    assertThat(partly.rest()).isEqualTo(new Outcome.Applied(1));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(RIVAL, carol);
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(3);
    assertThat(cloud.count(Op.READ, SERVICE)).isZero();
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void write_ofNothingButABadMember_fails_afterOneWrite() throws InterruptedException {
    refuse(ALICE);

    assertThat(write(adding(ALICE)))
        .isEqualTo(new Outcome.Failed(FakeCloud.refusal(SERVICE, ALICE.principal())));
    assertThat(cloud.log()).hasSize(1);
  }

  @Test
  void write_ofNothingButBadMembers_namesEachOfThem() throws InterruptedException {
    refuse(ALICE, BOB);

    var partly = (Outcome.Partly) write(adding(ALICE, BOB));

    assertThat(partly.failures()).hasSize(2);
    assertThat(partly.left().added()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(partly.rest()).isEqualTo(new Outcome.AlreadyInEffect());
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(2);
  }

  @Test
  void write_ofAChangedEndThatGoogleRefuses_leavesTheOldGrant() throws InterruptedException {
    var ending = new Grant(BOB.role(), BOB.principal(), Condition.until(VirtualTimer.START));
    cloud.put(SERVICE, BOB, RIVAL);
    var change =
        new ModifyPolicy(
            SERVICE,
            cloud.policy(SERVICE),
            GrantDiff.of(Set.of(ending, ALICE), Set.of(BOB, RIVAL)));
    cloud.refuses(ending::equals);

    var partly = (Outcome.Partly) write(change);

    assertThat(partly.left()).isEqualTo(GrantDiff.of(Set.of(ending), Set.of(BOB)));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(BOB, ALICE);
  }

  @Test
  void write_whereALiveMemberIsNotAcceptedAnyMore_writesNothing_andSaysWhatIsInTheWay() {
    cloud.put(SERVICE, BOB, RIVAL);
    var change = adding(ALICE);
    refuse(BOB);

    assertThatThrownBy(() -> write(change))
        .isInstanceOfSatisfying(
            CloudException.Rejected.class,
            rejected ->
                assertThat(rejected.failure().advice())
                    .isEqualTo(
                        "user:bob@example.com is in this policy already (roles/run.invoker), and"
                            + " while it is, Google accepts no change of the policy. End all its"
                            + " grants here in one write: kleos-iam revoke"
                            + " ends those of the plan's roles, gcloud's get-iam-policy and"
                            + " set-iam-policy any."));
    assertThat(cloud.log()).hasSize(1);
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(BOB, RIVAL);
  }

  /// Google refuses the old grant as well as the new one: nobody's access may go for that.
  @Test
  void write_whereTheOldGrantOfARefusedMemberIsInTheWayToo_writesNothing_andSaysItOnce() {
    var ending = new Grant(BOB.role(), BOB.principal(), Condition.until(VirtualTimer.START));
    cloud.put(SERVICE, BOB);
    var change =
        new ModifyPolicy(
            SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(ending, ALICE), Set.of(BOB)));
    refuse(BOB);

    assertThatThrownBy(() -> write(change))
        .isInstanceOfSatisfying(
            CloudException.Rejected.class,
            rejected ->
                assertThat(rejected.failure().advice())
                    .startsWith("user:bob@example.com is in this policy already"));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(2);
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(BOB);
  }

  @Test
  void write_afterAConflict_stillLeavesOutWhomGoogleRefused() throws InterruptedException {
    var change = adding(ALICE, BOB);
    refuse(ALICE);
    cloud.before(Op.WRITE, SERVICE, () -> {}, () -> cloud.add(SERVICE, RIVAL));

    var partly = (Outcome.Partly) write(change);

    assertThat(partly.rest()).isEqualTo(new Outcome.Applied(2));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(BOB, RIVAL);
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(3);
    assertThat(cloud.count(Op.READ, SERVICE)).isEqualTo(1);
  }

  @Test
  void write_thatFailsOnceABadMemberIsOut_saysBoth() throws InterruptedException {
    var denied = Failure.of("PERMISSION_DENIED", SERVICE.name(), "You may not.", "Ask.");
    refuse(ALICE);
    cloud.before(Op.WRITE, SERVICE, () -> {}, FakeCloud.failing(new CloudException.Denied(denied)));

    assertThat(write(adding(ALICE, BOB)))
        .isEqualTo(
            new Outcome.Partly(
                List.of(FakeCloud.refusal(SERVICE, ALICE.principal())),
                GrantDiff.of(Set.of(ALICE), Set.of()),
                new Outcome.Failed(denied)));
  }

  @Test
  void write_whereAnAddressIsGivenAsTwoTypes_leavesOutTheOneThatGoogleCorrects()
      throws InterruptedException {
    var user = grant(INVOKER, "user:team@example.com");
    var group = grant(INVOKER, "group:team@example.com");
    var failure =
        new Failure(
            "INVALID_ARGUMENT",
            SERVICE.name(),
            "Account team@example.com is of type \"group\".",
            "",
            "team@example.com",
            "group:team@example.com");
    cloud.before(Op.WRITE, SERVICE, FakeCloud.failing(new CloudException.Rejected(failure)));

    var partly = (Outcome.Partly) write(adding(group, user));

    assertThat(partly.left().added()).containsExactly(user);
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(group);
  }

  private void refuse(Grant... bad) {
    cloud.refuses(
        grant -> Arrays.stream(bad).anyMatch(it -> it.principal().equals(grant.principal())));
  }

  private void rivalsForEver() {
    var events = new Runnable[1000];
    Arrays.fill(events, (Runnable) () -> cloud.add(SERVICE, RIVAL));
    cloud.before(Op.WRITE, SERVICE, events);
  }

  private ModifyPolicy adding(Grant... grants) {
    return new ModifyPolicy(SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(grants), Set.of()));
  }

  private ModifyPolicy removing(Grant... grants) {
    return new ModifyPolicy(SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(), Set.of(grants)));
  }

  private Outcome write(ModifyPolicy change) throws InterruptedException {
    return write(change, new Random(1));
  }

  private Outcome write(ModifyPolicy change, RandomGenerator random) throws InterruptedException {
    var deadline = VirtualTimer.START.plus(TIMEOUT);
    return new PolicyWriter(
            cloud.policies(),
            cloud.policies(),
            Backoff.forConflicts(deadline, timer, random),
            new NewAccounts(() -> Backoff.forNewAccounts(deadline, timer, random)),
            new Stop(),
            Journal.NONE)
        .write(change);
  }

  private ModifyPolicy change(Set<Grant> added, Set<Grant> removed) {
    return new ModifyPolicy(SERVICE, cloud.policy(SERVICE), GrantDiff.of(added, removed));
  }
}
