package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NarrowingTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Principal ALICE = Principal.of("user:alice@example.com");
  private static final String ROLE = "roles/iam.serviceAccountUser";

  @Test
  void aNarrowedPlan_changesNothingForAnybodyElse_whateverHasDrifted() {
    var desired =
        Wish.plan(
            List.of(ServiceAccount.desired(ACCOUNT, "New name", "New description")),
            Wish.on(ACCOUNT)
                .users(List.of("user:alice@example.com", "user:bob@example.com"))
                .ended(ROLE, "user:carol@example.com")
                .unmanaged(Unmanaged.REMOVE)
                .policy(),
            Wish.on(SERVICE).wants(grant("roles/run.invoker", "user:alice@example.com")).policy());
    var live =
        new LiveState(
            Map.of(
                ACCOUNT, new Live.Read<>(new ServiceAccount(ACCOUNT, "Old name", "", "1", false))),
            Map.of(
                ACCOUNT,
                new Live.Read<>(
                    AllowPolicy.of("ACAB", Set.of(grant(ROLE, "user:mallory@example.com"))))));

    var changes =
        Planner.plan(
                new Narrowing(ACCOUNT, Set.of(ALICE)).applyTo(desired),
                live,
                Pruning.NONE,
                RandomIam.NOW)
            .changes();

    assertThat(changes).hasSize(1);
    assertThat(((ModifyPolicy) changes.getFirst()).diff())
        .extracting(GrantDiff::added, GrantDiff::removed)
        .containsExactly(
            Set.of(
                grant("roles/iam.serviceAccountUser", ALICE.spelling()),
                grant("roles/iam.serviceAccountTokenCreator", ALICE.spelling()),
                grant("roles/iam.serviceAccountOpenIdTokenCreator", ALICE.spelling())),
            Set.of());
  }

  @Test
  void anAccountOfThePlan_thatIsMissing_isNoticed() {
    var desired =
        Wish.plan(
            List.of(ServiceAccount.desired(ACCOUNT, "Name", null)),
            Wish.on(ACCOUNT).users(List.of(ALICE.spelling())).policy());
    var live =
        new LiveState(Map.of(ACCOUNT, new Live.Absent<>()), Map.of(ACCOUNT, new Live.Absent<>()));

    assertThat(
            Planner.plan(
                    new Narrowing(ACCOUNT, Set.of(ALICE)).applyTo(desired),
                    live,
                    Pruning.NONE,
                    RandomIam.NOW)
                .changes())
        .anyMatch(Change.CreateServiceAccount.class::isInstance);
  }

  @Test
  void theExpectedNumber_ofTheResourcesProjectStays_andOfNoOther() {
    var numbers = Map.of("kleos-demo", "1", "other", "2");
    var desired =
        new DesiredState(List.of(), List.of(Wish.on(ACCOUNT).users(List.of()).policy()), numbers);

    assertThat(new Narrowing(ACCOUNT, Set.of(ALICE)).applyTo(desired).projectNumbers())
        .isEqualTo(Map.of("kleos-demo", "1"));
  }

  @Test
  void whatThePrincipalHasOnOtherTerms_isReplaced() {
    var dated = grant(ROLE, ALICE.spelling(), Condition.until(RandomIam.NOW.plusSeconds(60)));
    var desired = Wish.plan(Wish.on(ACCOUNT).wants(grant(ROLE, ALICE.spelling())).policy());
    var live =
        new LiveState(
            Map.of(), Map.of(ACCOUNT, new Live.Read<>(AllowPolicy.of("ACAB", Set.of(dated)))));

    var change =
        Planner.plan(
                new Narrowing(ACCOUNT, Set.of(ALICE)).applyTo(desired),
                live,
                Pruning.NONE,
                RandomIam.NOW)
            .changes()
            .getFirst();

    assertThat(((ModifyPolicy) change).diff())
        .isEqualTo(GrantDiff.of(Set.of(Grant.of(dated.role(), ALICE)), Set.of(dated)));
  }
}
