package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Reversal.Created;
import dev.kleos.iam.planner.Reversal.Described;
import dev.kleos.iam.planner.Reversal.Kept;
import dev.kleos.iam.planner.Reversal.Modified;
import dev.kleos.iam.planner.Reversal.Reversed;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What takes back what was done, and nothing else.
class ReversalTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String ROLE = "roles/run.invoker";
  private static final Grant ALICE = grant(ROLE, "user:alice@example.com");
  private static final Grant BOB = grant(ROLE, "user:bob@example.com");
  private static final Condition EARLY = Condition.until(RandomIam.NOW.plusSeconds(60));
  private static final Condition LATE = Condition.until(RandomIam.NOW.plusSeconds(6000));

  static LongStream seeds() {
    return RandomIam.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void undone_whereNobodyElseWrote_isAsBefore(long seed) {
    var random = new RandomIam(seed);
    var before = random.policy();
    var effect = GrantDiff.between(before.grants(), random.grants());

    var reversed = plan(before.grants(), effect, effect.applyTo(before.grants()));

    assertThat(applied(reversed, effect.applyTo(before.grants()))).isEqualTo(before.grants());
    assertThat(reversed.kept()).isEmpty();
  }

  /// Whatever a rival did: what of the run stands for itself is taken back, and nothing that the
  /// rival did is touched.
  @ParameterizedTest
  @MethodSource("seeds")
  void undone_afterARival_changesNothingThatTheRivalDid(long seed) {
    var random = new RandomIam(seed);
    var before = random.policy().grants();
    var effect = GrantDiff.between(before, random.grants());
    var after = effect.applyTo(before);
    var rival = GrantDiff.between(after, random.grants());
    var now = rival.applyTo(after);

    var reversed = plan(before, effect, now);
    var next = applied(reversed, now);

    var ofRival = assignments(rival);
    for (var assignment : ofRival) {
      assertThat(of(assignment, next)).as(assignment.toString()).isEqualTo(of(assignment, now));
    }
    for (var assignment : assignments(effect)) {
      if (!ofRival.contains(assignment)) {
        assertThat(of(assignment, next)).isEqualTo(of(assignment, before));
      }
    }
    var touched = assignments(effect);
    touched.retainAll(ofRival);
    for (var kept : reversed.kept()) {
      assertThat(touched).contains(kept.assignment());
    }
    assertThat(applied(plan(before, effect, next), next)).isEqualTo(next);
  }

  @Test
  void aChangedEnd_goesBackToTheFormerOne_inOneWrite() {
    var before = Set.of(grant(ROLE, "user:alice@example.com", EARLY));
    var after = Set.of(grant(ROLE, "user:alice@example.com", LATE));

    var reversed = plan(before, GrantDiff.between(before, after), after);

    assertThat(reversed.changeSet().changes())
        .containsExactly(
            new ModifyPolicy(SERVICE, AllowPolicy.of("etag", after), GrantDiff.of(before, after)));
  }

  @Test
  void anEndThatSomebodyHasChangedSince_stays_andIsNamed() {
    var before = Set.of(grant(ROLE, "user:alice@example.com", EARLY));
    var effect =
        GrantDiff.between(before, Set.of(grant(ROLE, "user:alice@example.com", LATE), BOB));
    var now = Set.of(ALICE, BOB);

    var reversed = plan(before, effect, now);

    assertThat(applied(reversed, now)).containsExactly(ALICE);
    assertThat(reversed.kept())
        .containsExactly(new Kept(SERVICE, ALICE.assignment(), Kept.Why.CHANGED_SINCE));
  }

  @Test
  void whatIsAsBeforeAlready_isNoChange_andNotWorthAWord() {
    var reversed = plan(Set.of(), GrantDiff.of(Set.of(ALICE), Set.of()), Set.of(BOB));

    assertThat(reversed.changeSet().changes()).isEmpty();
    assertThat(reversed.kept()).isEmpty();
  }

  @Test
  void whatIsGone_keepsNothingElseFromBeingTakenBack_andWhatCannotBeReadDoes() {
    var effect = GrantDiff.of(Set.of(ALICE), Set.of());
    var gone = Failure.of("NOT_FOUND", SERVICE.name(), "not found", "");
    var denied = Failure.of("PERMISSION_DENIED", ACCOUNT.name(), "denied", "");
    var done =
        List.<Reversal.Done>of(
            new Modified(SERVICE, Set.of(), effect), new Modified(ACCOUNT, Set.of(), effect));
    var live =
        new LiveState(
            Map.of(),
            Map.of(SERVICE, new Live.Unreadable<>(gone), ACCOUNT, new Live.Unreadable<>(denied)));

    var reversed = Reversal.plan(done, live);

    assertThat(reversed.kept()).containsExactly(new Kept(SERVICE, null, Kept.Why.GONE));
    assertThat(reversed.changeSet().unreadable()).containsExactly(denied);
  }

  @Test
  void anAccountThatWasCreated_stays() {
    assertThat(
            Reversal.plan(List.of(new Created(ACCOUNT)), new LiveState(Map.of(), Map.of())).kept())
        .containsExactly(new Kept(ACCOUNT, null, Kept.Why.ACCOUNTS_STAY));
  }

  @Test
  void texts_goBack_ofThoseThatWereSet_unlessSomebodyHasChangedThemSince() {
    var before = account("old", null);
    var after = ServiceAccount.desired(ACCOUNT, "new", "said");

    assertThat(described(before, after, account("new", "said")).changeSet().changes())
        .containsExactly(
            new UpdateServiceAccount(
                account("new", "said"), ServiceAccount.desired(ACCOUNT, "old", "")));
    assertThat(described(before, after, account("other", "said")).kept())
        .containsExactly(new Kept(ACCOUNT, null, Kept.Why.CHANGED_SINCE));
    assertThat(described(before, after, account("old", "")).changeSet().changes()).isEmpty();
    var alone = ServiceAccount.desired(ACCOUNT, "new", null);
    assertThat(described(before, alone, account("new", "by another")).changeSet().changes())
        .containsExactly(
            new UpdateServiceAccount(
                account("new", "by another"), ServiceAccount.desired(ACCOUNT, "old", null)));
  }

  private static Reversed described(
      ServiceAccount before, ServiceAccount after, ServiceAccount now) {
    return Reversal.plan(
        List.of(new Described(before, after)),
        new LiveState(Map.of(ACCOUNT, new Live.Read<>(now)), Map.of()));
  }

  private static ServiceAccount account(@Nullable String name, @Nullable String description) {
    return new ServiceAccount(ACCOUNT, name, description, "1", false);
  }

  private static Reversed plan(Set<Grant> before, GrantDiff effect, Set<Grant> now) {
    return Reversal.plan(
        List.of(new Modified(SERVICE, before, effect)),
        new LiveState(Map.of(), Map.of(SERVICE, new Live.Read<>(AllowPolicy.of("etag", now)))));
  }

  private static Set<Grant> applied(Reversed reversed, Set<Grant> now) {
    var next = now;
    for (var change : reversed.changeSet().changes()) {
      next = ((ModifyPolicy) change).diff().applyTo(next);
    }
    return next;
  }

  private static Set<Grant.Assignment> assignments(GrantDiff diff) {
    var assignments = new LinkedHashSet<Grant.Assignment>();
    diff.added().forEach(grant -> assignments.add(grant.assignment()));
    diff.removed().forEach(grant -> assignments.add(grant.assignment()));
    return assignments;
  }

  private static Set<Grant> of(Grant.Assignment assignment, Set<Grant> grants) {
    var of = new HashSet<>(grants);
    of.removeIf(grant -> !grant.assignment().equals(assignment));
    return of;
  }
}
