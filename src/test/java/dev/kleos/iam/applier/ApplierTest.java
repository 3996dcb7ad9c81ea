package dev.kleos.iam.applier;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApplierTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Account OTHER = Resource.Account.inProject("kleos-demo", "other");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final ServiceAccount DESIRED = ServiceAccount.desired(ACCOUNT, "Name", "Text");
  private static final CreateServiceAccount CREATE = new CreateServiceAccount(DESIRED);
  private static final Grant USER = grant("roles/iam.serviceAccountUser", "user:alice@example.com");
  private static final Grant VIEWER = grant("roles/run.viewer", "user:alice@example.com");
  private static final Grant INVOKER = grant("roles/run.invoker", ACCOUNT.principal().spelling());

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final VirtualTimer timer = new VirtualTimer();
  private final Stop stop = new Stop();

  @Test
  void apply_createsAccountsFirst_thenWritesPolicies_andAnswersInThatOrder()
      throws InterruptedException {
    var changes = List.of(adding(SERVICE, INVOKER), CREATE, adding(ACCOUNT, USER));

    var applied = apply(changes);

    assertThat(applied)
        .extracting(AppliedChange::change)
        .containsExactly(CREATE, changes.get(0), changes.get(2));
    assertThat(applied).extracting(AppliedChange::outcome).containsOnly(new Outcome.Applied(1));
    assertThat(cloud.log().getFirst()).isEqualTo(new FakeCloud.Call(Op.CREATE, ACCOUNT));
    assertThat(cloud.policy(ACCOUNT).grants()).containsExactly(USER);
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(INVOKER);
  }

  @Test
  void apply_tellsHowFarItIs() throws InterruptedException {
    var progress = new ConcurrentLinkedQueue<List<Integer>>();

    applier(Draw.zero(), (done, total) -> progress.add(List.of(done, total)))
        .apply(changeSet(List.of(CREATE, adding(ACCOUNT, USER), adding(PROJECT, VIEWER))));

    assertThat(progress)
        .containsExactlyInAnyOrder(List.of(0, 3), List.of(1, 3), List.of(2, 3), List.of(3, 3));
  }

  @Test
  void update_ofAnAccount_changesItsTexts() throws InterruptedException {
    var live = live("Old", "Text");
    cloud.with(live);

    assertThat(outcomes(new UpdateServiceAccount(live, DESIRED)))
        .containsExactly(new Outcome.Applied(1));
    assertThat(cloud.account(ACCOUNT)).contains(live("Name", "Text"));
  }

  // What depends on a failed step

  @Test
  void aFailedCreation_skipsItsOwnPolicy_andPoliciesThatGrantToIt_andTheRestGoesOn()
      throws InterruptedException {
    cloud.before(Op.CREATE, ACCOUNT, failing("PERMISSION_DENIED", null));
    cloud.with(live(OTHER, "", ""));

    assertThat(
            outcomes(
                CREATE,
                adding(ACCOUNT, USER),
                adding(SERVICE, INVOKER),
                adding(OTHER, USER),
                adding(PROJECT, VIEWER)))
        .containsExactly(
            new Outcome.Failed(failure("PERMISSION_DENIED", null)),
            new Outcome.Skipped(ACCOUNT),
            new Outcome.Skipped(ACCOUNT),
            new Outcome.Applied(1),
            new Outcome.Applied(1));
    assertThat(cloud.count(Op.READ, ACCOUNT)).isZero();
    assertThat(cloud.count(Op.WRITE, SERVICE)).isZero();
  }

  @Test
  void aFailedCreation_doesNotSkipAPolicyThatOnlyTakesFromIt() throws InterruptedException {
    cloud.before(Op.CREATE, ACCOUNT, failing("PERMISSION_DENIED", null));
    cloud.put(SERVICE, INVOKER);

    assertThat(
            outcomes(
                CREATE,
                new ModifyPolicy(
                    SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(), Set.of(INVOKER)))))
        .last()
        .isEqualTo(new Outcome.Applied(1));
  }

  @Test
  void aFailedUpdate_skipsNothing() throws InterruptedException {
    var live = live("Old", "Text");
    cloud.with(live);
    cloud.before(Op.UPDATE, ACCOUNT, failing("PERMISSION_DENIED", null));

    assertThat(outcomes(new UpdateServiceAccount(live, DESIRED), adding(ACCOUNT, USER)))
        .containsExactly(
            new Outcome.Failed(failure("PERMISSION_DENIED", null)), new Outcome.Applied(1));
  }

  @Test
  void aBugInOneStep_isItsFailure_andTheRestGoesOn() throws InterruptedException {
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          throw new IllegalStateException("slip");
        });

    var outcomes = outcomes(CREATE, adding(SERVICE, INVOKER), adding(PROJECT, VIEWER));

    assertThat(outcomes)
        .containsExactly(
            new Outcome.Applied(1),
            new Outcome.Failed(
                Failure.of(
                    "INTERNAL",
                    SERVICE.name(),
                    "This is a bug in kleos-iam: java.lang.IllegalStateException: slip",
                    "Whether it was written is not known; kleos-iam plan shows it.")),
            new Outcome.Applied(1));
  }

  // Answers that are lost

  @Test
  void aConflictWithOurOwnWrite_atTheDeadline_isInEffect() throws InterruptedException {
    var untilJustBeforeTheEnd = Duration.ofMinutes(5).minusMillis(100);
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, INVOKER);
          throw unanswered(untilJustBeforeTheEnd);
        });

    assertThat(
            apply(Draw.largest(), List.of(adding(SERVICE, INVOKER))).stream()
                .map(AppliedChange::outcome))
        .containsExactly(new Outcome.AlreadyInEffect(true));
    assertThat(cloud.count(Op.WRITE, SERVICE)).isEqualTo(2);
  }

  @Test
  void aConflictWithARival_atTheDeadline_afterALostAnswer_leavesOpenWhatWasWritten()
      throws InterruptedException {
    var rival = grant("roles/run.invoker", "user:rival@example.com");
    var untilJustBeforeTheEnd = Duration.ofMinutes(5).minusMillis(100);
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, rival);
          throw unanswered(untilJustBeforeTheEnd);
        });

    assertThat(
            apply(Draw.largest(), List.of(adding(SERVICE, INVOKER))).stream()
                .flatMap(step -> step.failures().stream())
                .map(Failure::code))
        .containsExactly("UNKNOWN");
  }

  @Test
  void aRefusalAfterALostAnswer_leavesOpenWhatWasWritten() throws InterruptedException {
    cloud.with(live("Name", "Text"));
    cloud.before(
        Op.WRITE,
        ACCOUNT,
        () -> {
          throw unanswered(Duration.ZERO);
        },
        failing("NOT_FOUND", null));

    assertThat(outcomes(adding(ACCOUNT, USER)))
        .containsExactly(new Outcome.Failed(failure("UNKNOWN", null)));
  }

  // An account that is there already

  @Test
  void create_whenARivalHasCreatedTheSame_isAlreadyInEffect_andItsPolicyIsWritten()
      throws InterruptedException {
    cloud.with(live("Name", "Text"));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .containsExactly(new Outcome.AlreadyInEffect(true), new Outcome.Applied(1));
  }

  @Test
  void create_whenARivalHasCreatedItWithOtherTexts_fails_andSkipsItsPolicy()
      throws InterruptedException {
    cloud.with(live("Name", "Other"));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .containsExactly(
            new Outcome.Failed(
                Failure.of(
                    "ALREADY_EXISTS",
                    ACCOUNT.name(),
                    "Someone else has created this account since, with another display name or"
                        + " description.",
                    "Run the same command again: it will show the difference.")),
            new Outcome.Skipped(ACCOUNT));
  }

  @Test
  void create_whenItExistsButIsNotSeenYet_isAlreadyInEffect() throws InterruptedException {
    cloud.before(
        Op.CREATE,
        ACCOUNT,
        FakeCloud.failing(new CloudException.AlreadyExists(failure("ALREADY_EXISTS", null))));

    assertThat(outcomes(CREATE)).containsExactly(new Outcome.AlreadyInEffect(true));
  }

  @Test
  void create_whenItExistsAlready_isAsNewAsOurOwn_andWaitedFor() throws InterruptedException {
    cloud.before(Op.CREATE, ACCOUNT, () -> cloud.with(live("Name", "Text")));
    cloud.before(Op.READ, ACCOUNT, failing("NOT_FOUND", null));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .containsExactly(new Outcome.AlreadyInEffect(true), new Outcome.Applied(1));
    assertThat(timer.sleeps()).hasSize(1);
  }

  // A new account, which Google sees now and then

  @Test
  void aNewAccountsPolicy_thatFlapsBetween403And404_isWaitedFor() throws InterruptedException {
    cloud.before(Op.READ, ACCOUNT, failing("NOT_FOUND", null), failing("PERMISSION_DENIED", null));
    cloud.before(
        Op.WRITE,
        ACCOUNT,
        failing("PERMISSION_DENIED", null),
        failing("INVALID_ARGUMENT", ACCOUNT.email()),
        failing("NOT_FOUND", null));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER))).containsOnly(new Outcome.Applied(1));
    assertThat(cloud.count(Op.READ, ACCOUNT)).isEqualTo(3);
    assertThat(cloud.count(Op.WRITE, ACCOUNT)).isEqualTo(4);
    assertThat(timer.sleeps()).hasSize(5);
  }

  @Test
  void aPolicyThatGrantsToANewAccount_whichGoogleDoesNotSeeYet_isWaitedFor()
      throws InterruptedException {
    cloud.before(
        Op.WRITE,
        SERVICE,
        failing("INVALID_ARGUMENT", ACCOUNT.email()),
        failing("INVALID_ARGUMENT", ACCOUNT.principal().spelling()));

    assertThat(outcomes(CREATE, adding(SERVICE, INVOKER))).containsOnly(new Outcome.Applied(1));
    assertThat(timer.sleeps()).hasSize(2);
  }

  @Test
  void aRivalDuringTheWait_isAConflictLikeAnyOther() throws InterruptedException {
    var rival = grant("roles/run.invoker", "user:rival@example.com");
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.add(SERVICE, rival);
          throw new CloudException.Rejected(failure("INVALID_ARGUMENT", ACCOUNT.email()));
        });

    assertThat(outcomes(CREATE, adding(SERVICE, INVOKER))).last().isEqualTo(new Outcome.Applied(2));
    assertThat(cloud.policy(SERVICE).grants()).containsExactlyInAnyOrder(rival, INVOKER);
  }

  @Test
  void aNewAccountThatIsNeverSeen_isGivenUpAfterTwoMinutes() throws InterruptedException {
    cloud.before(Op.READ, ACCOUNT, forEver(failing("NOT_FOUND", null)));

    assertThat(apply(Draw.largest(), List.of(CREATE, adding(ACCOUNT, USER))))
        .extracting(AppliedChange::outcome)
        .containsExactly(new Outcome.Applied(1), new Outcome.Failed(failure("NOT_FOUND", null)));
    // 0.5 + 1 + 2 + 4 = 7.5 s; then 8 s at a time: 14 more fit before two minutes are over.
    assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(7500 + 14 * 8000));
    assertThat(cloud.count(Op.READ, ACCOUNT)).isEqualTo(19);
  }

  @Test
  void aNewAccountsPolicy_thatStaysDenied_isGivenUpSoon() throws InterruptedException {
    cloud.before(Op.READ, ACCOUNT, forEver(failing("PERMISSION_DENIED", null)));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .last()
        .isEqualTo(new Outcome.Failed(failure("PERMISSION_DENIED", null)));
    assertThat(cloud.count(Op.READ, ACCOUNT)).isEqualTo(6);
  }

  @Test
  void aRefusalThatNamesNobody_failsAtOnce_alsoOnANewAccount() throws InterruptedException {
    cloud.before(Op.WRITE, ACCOUNT, failing("INVALID_ARGUMENT", null));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .last()
        .isEqualTo(new Outcome.Failed(failure("INVALID_ARGUMENT", null)));
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void aNewAccountThatTookLongToCreate_isStillWaitedForTwoMinutes() throws InterruptedException {
    cloud.before(
        Op.CREATE,
        ACCOUNT,
        () -> {
          try {
            timer.sleep(Duration.ofMinutes(3));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    cloud.before(Op.READ, ACCOUNT, failing("NOT_FOUND", null), failing("NOT_FOUND", null));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER))).containsOnly(new Outcome.Applied(1));
  }

  @Test
  void anAccountThatIsThereAlready_butHiddenYet_isInEffect() throws InterruptedException {
    cloud.with(live("Name", "Text"));
    cloud.before(Op.FIND, ACCOUNT, failing("PERMISSION_DENIED", null));

    assertThat(outcomes(CREATE)).containsExactly(new Outcome.AlreadyInEffect(true));
  }

  @Test
  void aBadMemberThatIsNotOurs_failsAtOnce_alsoOnANewAccount() throws InterruptedException {
    cloud.before(
        Op.WRITE, ACCOUNT, failing("INVALID_ARGUMENT", "gone@kleos-demo.iam.gserviceaccount.com"));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .last()
        .isEqualTo(
            new Outcome.Failed(
                failure("INVALID_ARGUMENT", "gone@kleos-demo.iam.gserviceaccount.com")));
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void anOrganizationPolicy_failsAtOnce_alsoOnANewAccount() throws InterruptedException {
    cloud.before(Op.WRITE, ACCOUNT, failing("FAILED_PRECONDITION", null));

    assertThat(outcomes(CREATE, adding(ACCOUNT, USER)))
        .last()
        .isEqualTo(new Outcome.Failed(failure("FAILED_PRECONDITION", null)));
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void anAccountThatThisRunDidNotCreate_isNotWaitedFor() throws InterruptedException {
    cloud.with(live("Name", "Text"));
    for (var code : List.of("NOT_FOUND", "PERMISSION_DENIED", "INVALID_ARGUMENT")) {
      cloud.before(Op.WRITE, ACCOUNT, failing(code, ACCOUNT.email()));

      assertThat(outcomes(adding(ACCOUNT, USER)))
          .containsExactly(new Outcome.Failed(failure(code, ACCOUNT.email())));
    }
    assertThat(cloud.count(Op.WRITE, ACCOUNT)).isEqualTo(3);
    assertThat(timer.sleeps()).isEmpty();
  }

  @Test
  void anotherResource_thatIsDeniedBesideANewAccount_isNotWaitedFor() throws InterruptedException {
    cloud.before(Op.WRITE, SERVICE, failing("PERMISSION_DENIED", null));

    assertThat(outcomes(CREATE, adding(SERVICE, INVOKER)))
        .last()
        .isEqualTo(new Outcome.Failed(failure("PERMISSION_DENIED", null)));
    assertThat(timer.sleeps()).isEmpty();
  }

  // Etags

  @Test
  void noWrite_everLeavesWithoutAnEtag() throws InterruptedException {
    outcomes(CREATE, adding(ACCOUNT, USER), adding(SERVICE, INVOKER), adding(PROJECT, VIEWER));

    assertThat(cloud.sent()).hasSize(3).allMatch(AllowPolicy::exists);
  }

  @Test
  void aNewAccountThatGoogleNeverSees_isLeftOutWhenPatienceIsOver_andTheRestGoesThrough()
      throws InterruptedException {
    var alice = grant("roles/run.invoker", "user:alice@example.com");
    cloud.refuses(grant -> grant.principal().equals(ACCOUNT.principal()));

    var change =
        new ModifyPolicy(
            SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(INVOKER, alice), Set.of()));

    assertThat(apply(Draw.largest(), List.of(CREATE, change)))
        .extracting(AppliedChange::outcome)
        .containsExactly(
            new Outcome.Applied(1),
            new Outcome.Partly(
                List.of(FakeCloud.refusal(SERVICE, ACCOUNT.principal())),
                GrantDiff.of(Set.of(INVOKER), Set.of()),
                new Outcome.Applied(1)));
    assertThat(cloud.policy(SERVICE).grants()).containsExactly(alice);
    assertThat(timer.elapsed()).isGreaterThan(Duration.ofMinutes(1));
  }

  private static CloudException.Transient unanswered(Duration wait) {
    return new CloudException.Transient(
        failure("UNAVAILABLE", null), Optional.of(wait).filter(Duration::isPositive));
  }

  private ModifyPolicy adding(Resource resource, Grant grant) {
    var isNew = resource instanceof Resource.Account account && cloud.account(account).isEmpty();
    return new ModifyPolicy(
        resource,
        isNew ? AllowPolicy.NONE : cloud.policy(resource),
        GrantDiff.of(Set.of(grant), Set.of()));
  }

  private List<Outcome> outcomes(Change... changes) throws InterruptedException {
    return apply(List.of(changes)).stream().map(AppliedChange::outcome).toList();
  }

  private List<AppliedChange> apply(List<? extends Change> changes) throws InterruptedException {
    return apply(Draw.zero(), changes);
  }

  private List<AppliedChange> apply(RandomGenerator random, List<? extends Change> changes)
      throws InterruptedException {
    return applier(random, Progress.NONE).apply(changeSet(changes));
  }

  private Applier applier(RandomGenerator random, Progress progress) {
    return new Applier(cloud, Duration.ofMinutes(5), timer, random, progress, stop, Journal.NONE);
  }

  private static ChangeSet changeSet(List<? extends Change> changes) {
    return ChangeSet.of(new ArrayList<>(changes));
  }

  private static ServiceAccount live(String displayName, String description) {
    return live(ACCOUNT, displayName, description);
  }

  private static ServiceAccount live(
      Resource.Account account, String displayName, String description) {
    return new ServiceAccount(account, displayName, description, "100000000000000000001", false);
  }

  private static Runnable[] forEver(Runnable event) {
    var events = new Runnable[1000];
    Arrays.fill(events, event);
    return events;
  }

  private static Runnable failing(String code, @Nullable String culprit) {
    var failure = failure(code, culprit);
    return FakeCloud.failing(
        switch (code) {
          case "NOT_FOUND" -> new CloudException.NotFound(failure);
          case "PERMISSION_DENIED" -> new CloudException.Denied(failure);
          case "UNAVAILABLE" -> new CloudException.Unavailable(failure);
          default -> new CloudException.Rejected(failure);
        });
  }

  private static Failure failure(String code, @Nullable String culprit) {
    return new Failure(code, "resource", "message", "advice", culprit, null);
  }
}
