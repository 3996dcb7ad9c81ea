package dev.kleos.iam.planner;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.ChangeSet.UnmanagedGrant;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws of the planner over random plans and random live policies.
class PlanningLawsTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Resource ACCOUNT = Resource.Account.inProject("kleos-demo", "invoker");

  @ParameterizedTest
  @MethodSource(SEEDS)
  void applyThenPlan_isEmpty(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();

    var again = plan(wish, applied(plan(wish, live), live));

    assertThat(again.changes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void applyThenPlan_reportsTheSameUnmanagedGrants(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();
    var changes = plan(wish, live);

    assertThat(new HashSet<>(plan(wish, applied(changes, live)).unmanaged()))
        .isEqualTo(new HashSet<>(changes.unmanaged()));
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void apply_grantsAllThatIsWanted_andKeepsAllThatIsForeignOrProtectedAsItIsSpelled(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();

    var next = applied(plan(wish, live), live);

    assertThat(next.grants()).containsAll(wish.grants());
    live.spellings()
        .forEach((grant, spellings) -> {
          if (grant.principal().isProtected() || !wish.managedRoles().contains(grant.role())) {
            assertThat(next.spellings()).containsEntry(grant, spellings);
          }
        });
  }

  /// The rules once more, as a table of their own rather than the planner's way round.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void apply_leavesOfTheLiveGrantsWhatTheRulesLeave(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();
    var expected = new HashSet<>(wish.grants());
    var reported = new HashSet<UnmanagedGrant>();
    for (var grant : live.grants()) {
      var named =
          wish.grants().stream().map(Grant::assignment).toList().contains(grant.assignment());
      var managed = wish.managedRoles().contains(grant.role());
      var over = wish.ended().contains(grant.assignment()) && grant.hasEnded(RandomIam.NOW);
      if (grant.principal().isProtected() || (!named && !managed && !over)) {
        expected.add(grant);
        if (named && !wish.grants().contains(grant)) {
          reported.add(new UnmanagedGrant(ACCOUNT, grant));
        }
      } else if (!named && !over && wish.unmanaged() != Unmanaged.REMOVE) {
        expected.add(grant);
        if (wish.unmanaged() == Unmanaged.REPORT) {
          reported.add(new UnmanagedGrant(ACCOUNT, grant));
        }
      }
    }

    var changes = plan(wish, live);

    assertThat(applied(changes, live).grants()).isEqualTo(expected);
    assertThat(new HashSet<>(changes.unmanaged())).isEqualTo(reported);
  }

  /// The same plan is shown in the same order every time: wishes as the file has them, live grants
  /// as Google answered.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void plan_isInTheOrderOfThePlanAndOfGooglesAnswer(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();

    var changes = plan(wish, live);

    for (var change : changes.changes()) {
      var diff = ((ModifyPolicy) change).diff();
      assertThat(diff.added())
          .containsExactlyElementsOf(
              wish.grants().stream().filter(diff.added()::contains).toList());
      assertThat(diff.removed())
          .containsExactlyElementsOf(
              live.grants().stream().filter(diff.removed()::contains).toList());
    }
    var unmanaged = changes.unmanaged().stream().map(UnmanagedGrant::grant).toList();
    assertThat(unmanaged)
        .containsExactlyElementsOf(live.grants().stream().filter(unmanaged::contains).toList());
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void aPruning_leavesWhatIsWantedAndWhatIsForeign_andTheSecondTimeThereIsNothing(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();
    var pruning = pruning(random);

    var next = applied(plan(wish, live, pruning), live);

    assertThat(next.grants()).containsAll(wish.grants());
    assertThat(next.grants())
        .containsAll(
            live.grants().stream()
                .filter(grant -> !wish.managedRoles().contains(grant.role()))
                .toList());
    assertThat(plan(wish, next, pruning).changes()).isEmpty();
  }

  /// What a pruning removes beyond the plan is what it names, and nothing else.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void aPruning_removesMoreThanThePlan_onlyOfWhatItNames(long seed) {
    var random = new RandomIam(seed);
    var wish = wish(random);
    var live = random.policy();
    var pruning = pruning(random);

    var more = new HashSet<>(applied(plan(wish, live), live).grants());
    more.removeAll(applied(plan(wish, live, pruning), live).grants());

    assertThat(more)
        .allSatisfy(grant -> {
          var who = grant.principal();
          assertThat(
                  who.isDeleted()
                      ? pruning.deleted()
                      : who.isServiceAgent()
                          ? pruning.agents().contains(who)
                          : (pruning.expired() && grant.hasEnded(RandomIam.NOW))
                              || (pruning.resources() && wish.unmanaged() == Unmanaged.REPORT))
              .as(grant.toString())
              .isTrue();
        });
  }

  private static Pruning pruning(RandomIam random) {
    var agent =
        Principal.of("serviceAccount:service-123456789012@gcp-sa-x.iam.gserviceaccount.com");
    return new Pruning(
        random.upTo(2) == 0,
        random.upTo(2) == 0,
        random.upTo(2) == 0,
        random.upTo(2) == 0,
        random.upTo(2) == 0 ? Set.of(agent) : Set.of());
  }

  private static DesiredPolicy wish(RandomIam random) {
    var grants = new LinkedHashSet<Grant>();
    var named = new HashSet<Grant.Assignment>();
    for (var grant : random.grants()) {
      if (named.add(grant.assignment())) {
        grants.add(grant);
      }
    }
    var managed = new LinkedHashSet<Role>(random.roles());
    grants.forEach(grant -> managed.add(grant.role()));
    Set<Grant.Assignment> ended =
        random.grants().stream()
            .map(Grant::assignment)
            .filter(assignment -> !named.contains(assignment))
            .collect(toSet());
    ended.forEach(assignment -> managed.add(assignment.role()));
    if (random.upTo(2) == 0) {
      managed.remove(RandomIam.FOREIGN);
      grants.removeIf(grant -> grant.role().equals(RandomIam.FOREIGN));
      ended.removeIf(assignment -> assignment.role().equals(RandomIam.FOREIGN));
    }
    return new DesiredPolicy(
        ACCOUNT, grants, Map.of(), managed, ended, random.oneOf(List.of(Unmanaged.values())));
  }

  private static ChangeSet plan(DesiredPolicy wish, AllowPolicy live) {
    return plan(wish, live, Pruning.NONE);
  }

  private static ChangeSet plan(DesiredPolicy wish, AllowPolicy live, Pruning pruning) {
    return Planner.plan(
        Wish.plan(wish),
        new LiveState(Map.of(), Map.of(ACCOUNT, new Live.Read<>(live))),
        pruning,
        RandomIam.NOW);
  }

  private static AllowPolicy applied(ChangeSet changes, AllowPolicy live) {
    var next = live;
    for (var change : changes.changes()) {
      var diff = ((ModifyPolicy) change).diff();
      next = next.withGrants(diff.applyTo(next.grants()));
    }
    return next;
  }
}
