package dev.kleos.iam.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is left of changes that were planned a while ago.
class RebaseTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String INVOKER = "roles/run.invoker";
  private static final Grant ALICE = Wish.grant(INVOKER, "user:alice@example.com");
  private static final Grant BOB = Wish.grant(INVOKER, "user:bob@example.com");
  private static final Grant BOB_FOR_NOW =
      Wish.grant(INVOKER, "user:bob@example.com", Condition.until(RandomIam.NOW.plusSeconds(60)));
  private static final Grant CAROL = Wish.grant(INVOKER, "user:carol@example.com");

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereNothingMoved_allIsLeft_andNothingElseIsSaid(long seed) {
    var random = new RandomIam(seed);
    var planned = random.policy();
    var change = change(random, planned);

    var rebased = rebase(change, planned);

    assertThat(rebased.changeSet()).isEqualTo(ChangeSet.of(List.of(change)));
    assertThat(rebased.inEffect()).isEmpty();
    assertThat(rebased.elsewhere()).isEmpty();
    assertThat(rebased.moved()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereItIsDone_allIsInEffect_andNothingIsLeft(long seed) {
    var random = new RandomIam(seed);
    var planned = random.policy();
    var change = change(random, planned);

    var rebased = rebase(change, applied(change, planned));

    assertThat(rebased.changeSet().changes()).isEmpty();
    assertThat(rebased.inEffect()).isEqualTo(List.of(change));
    assertThat(rebased.elsewhere()).isEmpty();
    assertThat(rebased.moved()).isEmpty();
  }

  /// Assignments that somebody has done already, or not at all: both together are the whole.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereItIsDoneInPart_theRestLeadsToTheSame(long seed) {
    var random = new RandomIam(seed);
    var planned = random.policy();
    var change = change(random, planned);
    var some = new HashSet<Grant.Assignment>();
    change.effects().stream()
        .filter(_ -> random.upTo(2) == 0)
        .forEach(effect -> some.add(effect.assignment()));
    var part = GrantDiff.of(of(some, change.diff().added()), of(some, change.diff().removed()));
    var halfway =
        AllowPolicy.of(part.isEmpty() ? planned.etag() : "BwHalf=", part.applyTo(planned.grants()));

    var rebased = rebase(change, halfway);

    assertThat(rebased.moved()).isEmpty();
    var end = new HashSet<>(halfway.grants());
    for (var left : rebased.changeSet().changes()) {
      assertThat(((ModifyPolicy) left).planned()).isEqualTo(halfway);
      end = new HashSet<>(((ModifyPolicy) left).diff().applyTo(end));
    }
    assertThat(end).isEqualTo(change.diff().applyTo(planned.grants()));
    assertThat(rebased.elsewhere()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereARivalWroteElsewhere_allIsLeft_andItIsSaid_andTheRivalsGrantsStay(long seed) {
    var random = new RandomIam(seed);
    var planned = random.policy();
    var change = change(random, planned);
    var touched = new HashSet<Grant.Assignment>();
    change.effects().forEach(effect -> touched.add(effect.assignment()));
    var rivals = new LinkedHashSet<Grant>();
    planned.grants().stream().filter(it -> touched.contains(it.assignment())).forEach(rivals::add);
    random.grants().stream().filter(it -> !touched.contains(it.assignment())).forEach(rivals::add);
    var now = AllowPolicy.of("BwRival=", rivals);

    var rebased = rebase(change, now);

    assertThat(rebased.moved()).isEmpty();
    assertThat(rebased.inEffect()).isEmpty();
    assertThat(rebased.changeSet().changes())
        .isEqualTo(List.of(new ModifyPolicy(SERVICE, now, change.diff())));
    assertThat(rebased.elsewhere())
        .isEqualTo(
            List.of(
                new Rebased.Elsewhere(SERVICE, GrantDiff.between(planned.grants(), now.grants()))));
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereItWasMovedToAThirdState_nothingOfThatPolicyIsLeft(long seed) {
    var random = new RandomIam(seed);
    var planned = random.policy();
    var change = change(random, planned);
    var effect = change.effects().get(random.upTo(change.effects().size()));
    var who = effect.assignment();
    var third = new Grant(who.role(), who.principal(), new Condition("third", "true", ""));
    var now = new LinkedHashSet<>(planned.grants());
    now.removeIf(grant -> grant.assignment().equals(who));
    now.add(third);

    var rebased = rebase(change, AllowPolicy.of("BwThird=", now));

    assertThat(rebased.changeSet().changes()).isEmpty();
    assertThat(rebased.moved())
        .isEqualTo(List.of(new Move.Access(SERVICE, who, effect.before(), List.of(third))));
  }

  @Test
  void whoWasToBeAdded_andHasItForAWhileByNow_hasMoved() {
    var rebased = rebase(change(Set.of(ALICE), Set.of(BOB), Set.of()), of(ALICE, BOB_FOR_NOW));

    assertThat(rebased.moved())
        .containsExactly(
            new Move.Access(SERVICE, BOB.assignment(), List.of(), List.of(BOB_FOR_NOW)));
  }

  /// Somebody may have ended it for a reason.
  @Test
  void whoWasToBeCutShort_andHasNothingByNow_hasMoved() {
    var rebased = rebase(change(Set.of(BOB), Set.of(BOB_FOR_NOW), Set.of(BOB)), of(ALICE));

    assertThat(rebased.moved())
        .containsExactly(new Move.Access(SERVICE, BOB.assignment(), List.of(BOB), List.of()));
  }

  @Test
  void whereTheEtagAloneIsAnother_itIsSaid_andItGoesOn() {
    var change = change(Set.of(ALICE), Set.of(BOB), Set.of());
    var now = AllowPolicy.of("BwOther=", List.of(ALICE));

    var rebased = rebase(change, now);

    assertThat(rebased.changeSet().changes())
        .containsExactly(new ModifyPolicy(SERVICE, now, change.diff()));
    assertThat(rebased.elsewhere())
        .containsExactly(new Rebased.Elsewhere(SERVICE, GrantDiff.of(Set.of(), Set.of())));
  }

  @Test
  void anUnmanagedGrantThatIsGone_isNotSpokenOf() {
    var change = change(Set.of(ALICE, CAROL), Set.of(BOB), Set.of());
    var planned =
        new ChangeSet(
            List.of(change),
            List.of(
                new UnmanagedGrant(SERVICE, ALICE),
                new UnmanagedGrant(SERVICE, CAROL),
                new UnmanagedGrant(ACCOUNT, CAROL)),
            List.of(),
            List.of(),
            List.of());

    var rebased =
        Rebase.onto(planned, live(Map.of(), Map.of(SERVICE, new Live.Read<>(of(ALICE)))), Set.of());

    assertThat(rebased.changeSet().unmanaged())
        .containsExactly(new UnmanagedGrant(SERVICE, ALICE), new UnmanagedGrant(ACCOUNT, CAROL));
  }

  @Test
  void aServiceThatIsNotThereAnyMore_hasMoved_andOneThatCannotBeReadHasNot() {
    var change = change(Set.of(ALICE), Set.of(BOB), Set.of());
    var gone = Failure.of("NOT_FOUND", SERVICE.name(), "not there", "");
    var denied = Failure.of("PERMISSION_DENIED", SERVICE.name(), "denied", "");

    assertThat(rebase(change, new Live.Unreadable<>(gone)).moved())
        .containsExactly(new Move.Gone(SERVICE));
    assertThat(rebase(change, new Live.Unreadable<>(denied)).changeSet().unreadable())
        .containsExactly(denied);
  }

  @Test
  void anAccountThatWasToBeCreated_andIsThere_hasMoved_unlessAnEarlierRunOfTheseCreatedIt() {
    var desired = ServiceAccount.desired(ACCOUNT, "Kleos", null);
    var create = new CreateServiceAccount(desired);
    var there = new ServiceAccount(ACCOUNT, "Kleos", "", "1", false);
    var other = new ServiceAccount(ACCOUNT, "Other", "", "1", false);

    assertThat(rebase(create, there, Set.of()).moved()).containsExactly(new Move.Appeared(ACCOUNT));
    assertThat(rebase(create, there, Set.of(ACCOUNT)).inEffect()).containsExactly(create);
    assertThat(rebase(create, other, Set.of(ACCOUNT)).moved())
        .containsExactly(new Move.Text(ACCOUNT, "display name", "Kleos", "Other"));
    assertThat(rebase(create, null, Set.of(ACCOUNT)).changeSet().changes()).containsExactly(create);
  }

  @Test
  void anAccountsTexts_areToDo_inEffect_orMoved() {
    var was = new ServiceAccount(ACCOUNT, "Old", "kept", "1", false);
    var desired = ServiceAccount.desired(ACCOUNT, "New", null);
    var update = new UpdateServiceAccount(was, desired);
    var elsewhere = new ServiceAccount(ACCOUNT, "Old", "not ours", "1", true);

    assertThat(rebase(update, elsewhere, Set.of()).changeSet().changes())
        .containsExactly(new UpdateServiceAccount(elsewhere, desired));
    assertThat(
            rebase(update, new ServiceAccount(ACCOUNT, "New", "", "1", false), Set.of()).inEffect())
        .containsExactly(update);
    assertThat(
            rebase(update, new ServiceAccount(ACCOUNT, "Third", "", "1", false), Set.of()).moved())
        .containsExactly(new Move.Text(ACCOUNT, "display name", "Old", "Third"));
    assertThat(rebase(update, new ServiceAccount(ACCOUNT, "Old", "", "2", false), Set.of()).moved())
        .containsExactly(new Move.Recreated(ACCOUNT));
    assertThat(rebase(update, null, Set.of()).moved()).containsExactly(new Move.Gone(ACCOUNT));
  }

  private static Set<Grant> of(Set<Grant.Assignment> some, Set<Grant> grants) {
    var part = new LinkedHashSet<>(grants);
    part.removeIf(grant -> !some.contains(grant.assignment()));
    return part;
  }

  private static AllowPolicy of(Grant... grants) {
    return AllowPolicy.of("BwNow=", List.of(grants));
  }

  private static ModifyPolicy change(Set<Grant> planned, Set<Grant> added, Set<Grant> removed) {
    return new ModifyPolicy(
        SERVICE, AllowPolicy.of("BwPlanned=", planned), GrantDiff.of(added, removed));
  }

  /// A change of some of the grants, never of none.
  private static ModifyPolicy change(RandomIam random, AllowPolicy planned) {
    var next = random.grants();
    next.add(Wish.grant(INVOKER, "user:new@example.com"));
    return new ModifyPolicy(SERVICE, planned, GrantDiff.between(planned.grants(), next));
  }

  private static AllowPolicy applied(ModifyPolicy change, AllowPolicy policy) {
    return AllowPolicy.of("BwNext=", change.diff().applyTo(policy.grants()));
  }

  private static Rebased rebase(ModifyPolicy change, AllowPolicy now) {
    return rebase(change, new Live.Read<>(now));
  }

  private static Rebased rebase(ModifyPolicy change, Live<AllowPolicy> now) {
    return Rebase.onto(
        ChangeSet.of(List.of(change)), live(Map.of(), Map.of(SERVICE, now)), Set.of());
  }

  private static Rebased rebase(
      Change change, @Nullable ServiceAccount now, Set<Resource.Account> ours) {
    Live<ServiceAccount> live = now == null ? new Live.Absent<>() : new Live.Read<>(now);
    return Rebase.onto(ChangeSet.of(List.of(change)), live(Map.of(ACCOUNT, live), Map.of()), ours);
  }

  private static LiveState live(
      Map<Resource.Account, Live<ServiceAccount>> accounts,
      Map<Resource, Live<AllowPolicy>> policies) {
    return new LiveState(accounts, policies);
  }
}
