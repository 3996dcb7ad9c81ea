package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static dev.kleos.iam.planner.Wish.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Effect;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of who owns a live grant, each by name.
class PlannerTest {
  private static final Instant NOW = RandomIam.NOW;
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String USER = "roles/iam.serviceAccountUser";
  private static final String CREATOR = "roles/iam.serviceAccountTokenCreator";
  private static final String ADMIN = "roles/iam.serviceAccountAdmin";
  private static final String ALICE = "user:alice@example.com";
  private static final String BOB = "user:bob@example.com";
  private static final Condition PAST = Condition.until(NOW.minusSeconds(1));
  private static final Condition SOON = Condition.until(NOW.plusSeconds(60));
  private static final Condition LATER = Condition.until(NOW.plusSeconds(3600));
  private static final Failure DENIED =
      Failure.of("PERMISSION_DENIED", ACCOUNT.name(), "You may not.", "Ask.");

  // Rule 0: protected

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deleted:user:bob@example.com?uid=1",
        "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
      })
  void protectedPrincipals_ofManagedAndOfForeignRoles_areKept_alsoWithRemove(String member) {
    var live = policy(grant(USER, member), grant(ADMIN, member), grant(USER, member, PAST));
    var wish = Wish.on(ACCOUNT).manages(USER).unmanaged(Unmanaged.REMOVE).policy();

    var changes = planned(wish, live);

    assertThat(changes.isInSync()).isTrue();
    assertThat(changes.unmanaged()).isEmpty();
  }

  @Test
  void aProtectedPrincipal_thatThePlanNames_keepsWhatItHas_andGetsWhatIsNew() {
    var agent = "serviceAccount:123456789012@cloudservices.gserviceaccount.com";
    var live = policy(grant(USER, agent, LATER));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, agent)).policy();

    assertThat(diff(planned(wish, live)))
        .isEqualTo(GrantDiff.of(Set.of(grant(USER, agent)), Set.of()));
  }

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void aProtectedPrincipal_thatHasTheRoleOnOtherTermsThanThePlanSays_isReported(
      Unmanaged treatment) {
    var agent = "serviceAccount:123456789012@cloudservices.gserviceaccount.com";
    var live = policy(grant(USER, agent), grant(USER, agent, LATER));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, agent, LATER)).unmanaged(treatment).policy();

    var changes = planned(wish, live);

    assertThat(changes.isInSync()).isTrue();
    assertThat(changes.unmanaged())
        .containsExactly(new ChangeSet.UnmanagedGrant(ACCOUNT, grant(USER, agent)));
  }

  @Test
  void aDeletedMember_isNotTheLiveOneOfTheSameAddress() {
    var live = policy(grant(USER, "deleted:" + ALICE + "?uid=1"));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).policy();

    assertThat(diff(planned(wish, live)))
        .isEqualTo(GrantDiff.of(Set.of(grant(USER, ALICE)), Set.of()));
  }

  // Rule 1: named

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void aNamedPrincipal_withAnotherCondition_isReplacedInOneStep_andLosesNothing(
      Unmanaged treatment) {
    var live = policy(grant(USER, ALICE, SOON));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE, LATER)).unmanaged(treatment).policy();

    var changes = planned(wish, live);

    assertThat(changes.changes())
        .containsExactly(
            new ModifyPolicy(
                ACCOUNT,
                live,
                GrantDiff.of(Set.of(grant(USER, ALICE, LATER)), Set.of(grant(USER, ALICE, SOON)))));
    assertThat(effects(changes)).noneMatch(Effect::isLoss).noneMatch(Effect::isGain);
    assertThat(changes.unmanaged()).isEmpty();
  }

  @Test
  void aNamedPrincipal_withoutConditionInThePlan_losesEveryConditionalDouble() {
    var live = policy(grant(USER, ALICE), grant(USER, ALICE, SOON), grant(USER, ALICE, LATER));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).policy();

    assertThat(diff(planned(wish, live)))
        .isEqualTo(
            GrantDiff.of(Set.of(), Set.of(grant(USER, ALICE, SOON), grant(USER, ALICE, LATER))));
  }

  @Test
  void aNamedPrincipal_spelledOtherwiseByGoogle_isInSync() {
    var live = policy(grant(USER, "user:Alice@Example.com"));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).policy();

    assertThat(planned(wish, live).isInSync()).isTrue();
  }

  @Test
  void aPrincipal_namedForOneRole_isNotNamedForAnother() {
    var live = policy(grant(CREATOR, ALICE));
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).manages(CREATOR).policy();

    var changes = planned(wish, live);

    assertThat(diff(changes)).isEqualTo(GrantDiff.of(Set.of(grant(USER, ALICE)), Set.of()));
    assertThat(changes.unmanaged()).containsExactly(unmanaged(grant(CREATOR, ALICE)));
  }

  // Rule 2: unmanaged

  @Test
  void anUnmanagedGrant_withReport_isKeptAndShown() {
    var changes = planned(emptied(Unmanaged.REPORT), policy(grant(USER, BOB)));

    assertThat(changes.isInSync()).isTrue();
    assertThat(changes.unmanaged()).containsExactly(unmanaged(grant(USER, BOB)));
    assertThat(changes.hasDrift()).isTrue();
  }

  @Test
  void anUnmanagedGrant_withIgnore_isKeptAndNotSpokenOf() {
    var changes = planned(emptied(Unmanaged.IGNORE), policy(grant(USER, BOB)));

    assertThat(changes.isInSync()).isTrue();
    assertThat(changes.hasDrift()).isFalse();
  }

  @Test
  void anUnmanagedGrant_withRemove_isListedAsARemoval_andALoss() {
    var changes = planned(emptied(Unmanaged.REMOVE), policy(grant(USER, BOB)));

    assertThat(diff(changes)).isEqualTo(GrantDiff.of(Set.of(), Set.of(grant(USER, BOB))));
    assertThat(effects(changes))
        .containsExactly(
            new Effect(grant(USER, BOB).assignment(), List.of(grant(USER, BOB)), List.of()));
    assertThat(changes.unmanaged()).isEmpty();
  }

  @Test
  void aManagedRole_whoseListIsEmpty_stillReportsWhoHasAccess() {
    var live = policy(grant(USER, ALICE), grant(CREATOR, BOB), grant(ADMIN, BOB));

    assertThat(planned(emptied(Unmanaged.REPORT), live).unmanaged())
        .containsExactly(unmanaged(grant(USER, ALICE)), unmanaged(grant(CREATOR, BOB)));
  }

  // Rule 3: foreign

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void aForeignGrant_passesThrough_alsoOfANamedPrincipal_alsoEnded(Unmanaged treatment) {
    var foreign = List.of(grant(ADMIN, BOB), grant(ADMIN, ALICE), grant(ADMIN, BOB, PAST));
    var live = AllowPolicy.of("etag", foreign);
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).unmanaged(treatment).policy();

    var changes = planned(wish, live);

    assertThat(diff(changes)).isEqualTo(GrantDiff.of(Set.of(grant(USER, ALICE)), Set.of()));
    assertThat(changes.unmanaged()).isEmpty();
  }

  // Ended entries

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void anEndedEntry_removesTheGrantWhoseOwnConditionHasEnded(Unmanaged treatment) {
    var wish = Wish.on(ACCOUNT).ended(USER, ALICE).unmanaged(treatment).policy();

    assertThat(diff(planned(wish, policy(grant(USER, ALICE, PAST)))))
        .isEqualTo(GrantDiff.of(Set.of(), Set.of(grant(USER, ALICE, PAST))));
  }

  @Test
  void anEndedEntry_leavesALivePermanentGrant_andShowsItAsUnmanaged() {
    var live = policy(grant(USER, ALICE), grant(USER, ALICE, LATER), grant(USER, ALICE, PAST));
    var wish = Wish.on(ACCOUNT).ended(USER, ALICE).policy();

    var changes = planned(wish, live);

    assertThat(diff(changes).removed()).containsExactly(grant(USER, ALICE, PAST));
    assertThat(changes.unmanaged())
        .containsExactly(unmanaged(grant(USER, ALICE)), unmanaged(grant(USER, ALICE, LATER)));
  }

  @Test
  void anEndedEntry_grantsNothing_andTouchesNobodyElse() {
    var live = policy(grant(USER, BOB, PAST), grant(CREATOR, ALICE, PAST));
    var wish = Wish.on(ACCOUNT).ended(USER, ALICE).manages(CREATOR).policy();

    var changes = planned(wish, live);

    assertThat(changes.isInSync()).isTrue();
    assertThat(changes.unmanaged())
        .containsExactly(unmanaged(grant(USER, BOB, PAST)), unmanaged(grant(CREATOR, ALICE, PAST)));
  }

  @Test
  void anEndedEntry_ofAProtectedPrincipal_isKept() {
    var deleted = "deleted:" + ALICE + "?uid=1";
    var wish = Wish.on(ACCOUNT).ended(USER, deleted).policy();

    assertThat(planned(wish, policy(grant(USER, deleted, PAST))).isInSync()).isTrue();
  }

  // Live state

  @Test
  void anAbsentAccount_isCreated_andItsPolicyPlannedOnNone() {
    var account = ServiceAccount.desired(ACCOUNT, "Name", null);
    var wish = Wish.on(ACCOUNT).wants(grant(USER, ALICE)).policy();
    var live =
        new LiveState(Map.of(ACCOUNT, new Live.Absent<>()), Map.of(ACCOUNT, new Live.Absent<>()));

    assertThat(Planner.plan(plan(List.of(account), wish), live, Pruning.NONE, NOW).changes())
        .containsExactly(
            new Change.CreateServiceAccount(account),
            new ModifyPolicy(
                ACCOUNT, AllowPolicy.NONE, GrantDiff.of(Set.of(grant(USER, ALICE)), Set.of())));
  }

  @Test
  void anAbsentAccount_ofWhichThePlanGrantsNothing_isJustCreated() {
    var account = ServiceAccount.desired(ACCOUNT, null, null);
    var live =
        new LiveState(Map.of(ACCOUNT, new Live.Absent<>()), Map.of(ACCOUNT, new Live.Absent<>()));

    assertThat(
            Planner.plan(plan(List.of(account), emptied(Unmanaged.REPORT)), live, Pruning.NONE, NOW)
                .changes())
        .containsExactly(new Change.CreateServiceAccount(account));
  }

  @Test
  void anUnreadablePolicy_isShown_andTheRestIsPlanned() {
    var invoker = grant("roles/run.invoker", ALICE);
    var service = Wish.on(SERVICE).wants(invoker).policy();
    var live =
        new LiveState(
            Map.of(),
            Map.of(ACCOUNT, new Live.Unreadable<>(DENIED), SERVICE, new Live.Read<>(policy())));

    var changes =
        Planner.plan(
            plan(Wish.on(ACCOUNT).wants(grant(USER, ALICE)).policy(), service),
            live,
            Pruning.NONE,
            NOW);

    assertThat(changes.unreadable()).containsExactly(DENIED);
    assertThat(changes.changes())
        .containsExactly(
            new ModifyPolicy(SERVICE, policy(), GrantDiff.of(Set.of(invoker), Set.of())));
  }

  @Test
  void anAccount_unreadableLikeItsPolicy_isSaidOnce() {
    var account = ServiceAccount.desired(ACCOUNT, null, null);
    var live =
        new LiveState(
            Map.of(ACCOUNT, new Live.Unreadable<>(DENIED)),
            Map.of(ACCOUNT, new Live.Unreadable<>(DENIED)));

    var changes =
        Planner.plan(plan(List.of(account), emptied(Unmanaged.REPORT)), live, Pruning.NONE, NOW);

    assertThat(changes.unreadable()).containsExactly(DENIED);
    assertThat(changes.changes()).isEmpty();
  }

  @Test
  void aDisabledAccount_isShown_andCountsAsDrift_andIsNeverEnabled() {
    var live = new ServiceAccount(ACCOUNT, "Name", "", "123456789012345678901", true);

    var changes = planned(ServiceAccount.desired(ACCOUNT, "Name", null), live);

    assertThat(changes.disabled()).containsExactly(ACCOUNT);
    assertThat(changes.hasDrift()).isTrue();
    assertThat(changes.isInSync()).isTrue();
  }

  @Test
  void anAccount_withOtherTextsThanThePlanManages_isUpdated() {
    var live = new ServiceAccount(ACCOUNT, "Name", "old", "123456789012345678901", false);
    var desired = ServiceAccount.desired(ACCOUNT, null, "new");

    assertThat(planned(desired, live).changes())
        .containsExactly(new Change.UpdateServiceAccount(live, desired));
    assertThat(planned(ServiceAccount.desired(ACCOUNT, "Name", null), live).changes()).isEmpty();
  }

  @Test
  void aResource_thatWasNeverRead_isAFaultOfOurs() {
    var live = new LiveState(Map.of(), Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Planner.plan(plan(emptied(Unmanaged.REPORT)), live, Pruning.NONE, NOW))
        .withMessage(ACCOUNT.name() + " was not read");
  }

  private static DesiredPolicy emptied(Unmanaged treatment) {
    return Wish.on(ACCOUNT).manages(USER, CREATOR).unmanaged(treatment).policy();
  }

  private static AllowPolicy policy(Grant... grants) {
    return AllowPolicy.of("etag", List.of(grants));
  }

  private static ChangeSet planned(DesiredPolicy wish, AllowPolicy live) {
    return Planner.plan(
        plan(wish),
        new LiveState(Map.of(), Map.of(wish.resource(), new Live.Read<>(live))),
        Pruning.NONE,
        NOW);
  }

  private static ChangeSet planned(ServiceAccount desired, ServiceAccount live) {
    return Planner.plan(
        plan(List.of(desired)),
        new LiveState(Map.of(desired.resource(), new Live.Read<>(live)), Map.of()),
        Pruning.NONE,
        NOW);
  }

  private static List<Effect> effects(ChangeSet changes) {
    return ((ModifyPolicy) changes.changes().getFirst()).effects();
  }

  private static GrantDiff diff(ChangeSet changes) {
    assertThat(changes.changes()).hasSize(1);
    return ((ModifyPolicy) changes.changes().getFirst()).diff();
  }

  private static UnmanagedGrant unmanaged(Grant grant) {
    return new UnmanagedGrant(ACCOUNT, grant);
  }
}
