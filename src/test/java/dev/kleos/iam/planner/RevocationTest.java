package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevocationTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource PROJECT = new Resource.Project("kleos-demo");
  private static final String BOB = "user:bob@example.com";
  private static final String USER = "roles/iam.serviceAccountUser";
  private static final String VIEWER = "roles/run.viewer";
  private static final Condition HOURS = new Condition("office hours", "x", "");

  @Test
  void everyGrantOfAManagedRole_ends_whateverItsCondition_andWhetherThePlanNamesItOrNot() {
    var policy = Wish.on(ACCOUNT).manages(USER).policy();

    assertThat(removed(policy, grant(USER, BOB), grant(USER, BOB, HOURS)))
        .containsExactlyInAnyOrder(grant(USER, BOB), grant(USER, BOB, HOURS));
  }

  @Test
  void foreignRoles_andOtherPrincipals_stay() {
    var policy = Wish.on(ACCOUNT).manages(USER).policy();

    assertThat(removed(policy, grant(VIEWER, BOB), grant(USER, "user:alice@example.com")))
        .isEmpty();
  }

  @Test
  void anotherSpelling_isTheSamePrincipal() {
    var live = grant(USER, "user:Bob@Example.com");

    assertThat(removed(Wish.on(ACCOUNT).manages(USER).policy(), live)).containsExactly(live);
  }

  @Test
  void onTheProject_onlyWhatThePlanNames_ends() {
    var viewer = grant(VIEWER, BOB);

    assertThat(removed(Wish.on(PROJECT).manages(VIEWER).policy(), viewer)).isEmpty();
    assertThat(removed(Wish.on(PROJECT).wants(viewer).policy(), viewer, grant(VIEWER, BOB, HOURS)))
        .containsExactlyInAnyOrder(viewer, grant(VIEWER, BOB, HOURS));
    assertThat(removed(Wish.on(PROJECT).ended(VIEWER, BOB).policy(), viewer))
        .containsExactly(viewer);
  }

  @Test
  void aProtectedPrincipal_thatIsAskedForByName_isNotSpared() {
    var trace = grant(USER, "deleted:user:bob@example.com?uid=1");
    var policy = Wish.on(ACCOUNT).manages(USER).policy();
    var live = live(ACCOUNT, trace);

    var changes = new Revocation(Set.of(trace.principal())).plan(Wish.plan(policy), live).changes();

    assertThat(((ModifyPolicy) changes.getFirst()).diff())
        .isEqualTo(GrantDiff.of(Set.of(), Set.of(trace)));
  }

  @Test
  void whatCannotBeRead_isSaid_andTheRestIsPlanned_andWhatIsNotThereIsNothing() {
    var failure = Failure.of("UNAVAILABLE", PROJECT.name(), "down", "");
    var other = Resource.Account.inProject("kleos-demo", "absent");
    var live =
        new LiveState(
            Map.of(),
            Map.of(
                ACCOUNT,
                new Live.Read<>(AllowPolicy.of("ACAB", Set.of(grant(USER, BOB)))),
                other,
                new Live.Absent<>(),
                PROJECT,
                new Live.Unreadable<>(failure)));

    var changeSet =
        plan(
            live,
            Wish.on(ACCOUNT).manages(USER).policy(),
            Wish.on(other).manages(USER).policy(),
            Wish.on(PROJECT).manages(VIEWER).policy());

    assertThat(changeSet.unreadable()).containsExactly(failure);
    assertThat(changeSet.changes()).hasSize(1);
  }

  private static Set<Grant> removed(DesiredPolicy policy, Grant... live) {
    var changes = plan(live(policy.resource(), live), policy).changes();
    if (changes.isEmpty()) {
      return Set.of();
    }
    var diff = ((ModifyPolicy) changes.getFirst()).diff();
    assertThat(diff.added()).isEmpty();
    return diff.removed();
  }

  private static ChangeSet plan(LiveState live, DesiredPolicy... policies) {
    return new Revocation(Set.of(Principal.of(BOB))).plan(Wish.plan(policies), live);
  }

  private static LiveState live(Resource resource, Grant... grants) {
    return new LiveState(
        Map.of(), Map.of(resource, new Live.Read<>(AllowPolicy.of("ACAB", Set.of(grants)))));
  }
}
