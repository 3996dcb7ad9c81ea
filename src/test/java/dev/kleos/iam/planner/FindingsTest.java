package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Limit;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What somebody should know besides what changes.
class FindingsTest {
  private static final Instant NOW = RandomIam.NOW;
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final String INVOKER = "roles/run.invoker";
  private static final String FOREIGN = "roles/run.viewer";
  private static final String ALICE = "user:alice@example.com";
  private static final String OLD = "123456789012345678901";
  private static final String NEW = "123456789012345678902";
  private static final String TRACE = "deleted:" + ACCOUNT.principal() + "?uid=" + OLD;

  @Test
  void headroom_isOfThePolicyAsItWouldBeWritten() {
    var held =
        IntStream.range(0, 1199)
            .mapToObj(i -> grant(FOREIGN, "user:u" + i + "@example.com"))
            .toArray(Grant[]::new);

    assertThat(findings(Wish.on(SERVICE).manages(INVOKER), held)).isEmpty();
    assertThat(findings(Wish.on(SERVICE).wants(grant(INVOKER, ALICE)), held))
        .containsExactly(new Finding.Headroom(SERVICE, new Usage(Limit.PRINCIPALS, 1200, "")));
  }

  @Test
  void deletedMembers_areCounted_whereTheirRoleIsManaged() {
    var gone = "deleted:user:gone@example.com?uid=" + OLD;

    assertThat(
            findings(Wish.on(SERVICE).manages(INVOKER), grant(INVOKER, gone), grant(FOREIGN, gone)))
        .containsExactly(new Finding.DeletedMembers(SERVICE, 1));
  }

  @Test
  void aPurge_dropsDeletedMembersOfManagedRoles_andNoOthers() {
    var gone = "deleted:user:gone@example.com?uid=" + OLD;
    var purge = new Pruning(false, false, false, true, Set.of());
    var changes =
        Planner.plan(
            Wish.plan(Wish.on(SERVICE).manages(INVOKER).unmanaged(Unmanaged.IGNORE).policy()),
            live(grant(INVOKER, gone), grant(FOREIGN, gone), grant(INVOKER, ALICE)),
            purge,
            NOW);

    assertThat(changes.summary().remove()).isEqualTo(1);
    assertThat(changes.findings()).isEmpty();
  }

  /// It would otherwise be reported for ever where a read lags behind an undeletion.
  @ParameterizedTest
  @CsvSource({NEW + ", true", OLD + ", false"})
  void anAccountOfAnotherUniqueIdThanItsTrace_hasLostWhatItHad(String live, boolean isLost) {
    var found =
        findings(
            Wish.on(SERVICE).wants(grant(INVOKER, ACCOUNT.principal().spelling())),
            new Live.Read<>(new ServiceAccount(ACCOUNT, "", "", live, false)),
            grant(INVOKER, TRACE),
            grant(FOREIGN, TRACE));

    assertThat(found.contains(lost(true))).isEqualTo(isLost);
  }

  @Test
  void anAccountThatIsToBeCreated_isLostIfItHasATrace() {
    assertThat(
            findings(
                Wish.on(SERVICE).manages(INVOKER),
                new Live.Absent<>(),
                grant(INVOKER, TRACE),
                grant(FOREIGN, TRACE)))
        .contains(lost(false));
  }

  @Test
  void theTraceOfSomebodyWhomThePlanDoesNotName_isNobodysLoss() {
    assertThat(findings(Wish.on(SERVICE).wants(grant(INVOKER, ALICE)), grant(FOREIGN, TRACE)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-30, true", "0, true", "7, true", "8, false"})
  void grantsThatEndWithinAWeek_orHaveEnded_areFound(int days, boolean isFound) {
    var end = NOW.plus(Duration.ofDays(days));
    var grant = grant(INVOKER, ALICE, Condition.until(end));

    assertThat(findings(Wish.on(SERVICE).wants(grant), grant))
        .isEqualTo(isFound ? List.of(new Finding.Ending(SERVICE, grant, end)) : List.of());
  }

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void aSweep_removesWhatHasEndedOfManagedRoles_howeverTheyAreTreated(Unmanaged treatment) {
    var ended = Condition.until(NOW);
    var sweep = new Pruning(false, false, true, false, Set.of());
    var changes =
        Planner.plan(
            Wish.plan(Wish.on(SERVICE).manages(INVOKER).unmanaged(treatment).policy()),
            live(grant(INVOKER, ALICE, ended), grant(FOREIGN, ALICE, ended)),
            sweep,
            NOW);

    assertThat(changes.summary().remove()).isEqualTo(1);
  }

  @Test
  void aSweep_leavesWhatThePlanWants_andWhatHolds() {
    var ended = grant(INVOKER, ALICE, Condition.until(NOW));
    var holds = grant(INVOKER, "user:b@example.com", Condition.until(NOW.plusSeconds(1)));
    var sweep = new Pruning(false, false, true, false, Set.of());

    assertThat(
            Planner.plan(
                    Wish.plan(Wish.on(SERVICE).wants(ended).policy()),
                    live(ended, holds),
                    sweep,
                    NOW)
                .changes())
        .isEmpty();
  }

  @Test
  void aServiceAgent_goesWhereItIsNamed_andOnlyThatOne() {
    var pubsub = "serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com";
    var eventarc = "serviceAccount:service-1@gcp-sa-eventarc.iam.gserviceaccount.com";
    var named = new Pruning(true, true, true, true, Set.of(Principal.of(pubsub)));
    var changes =
        Planner.plan(
            Wish.plan(Wish.on(SERVICE).manages(INVOKER).policy()),
            live(grant(INVOKER, pubsub), grant(INVOKER, eventarc), grant(FOREIGN, pubsub)),
            named,
            NOW);

    assertThat(changes.changes())
        .extracting(change -> ((ModifyPolicy) change).diff().removed())
        .containsExactly(Set.of(grant(INVOKER, pubsub)));
  }

  @Test
  void aServiceAgentThatIsNamed_andHasNothing_isSaid() {
    var agent = Principal.of("serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com");
    var named = new Pruning(false, false, false, false, Set.of(agent));

    assertThat(
            Planner.plan(Wish.plan(Wish.on(SERVICE).manages(INVOKER).policy()), live(), named, NOW)
                .findings())
        .containsExactly(new Finding.NothingToRemove(agent, false));
  }

  private static Finding.Lost lost(boolean isBack) {
    return new Finding.Lost(
        ACCOUNT.principal(),
        isBack,
        List.of(
            new Finding.Trace(SERVICE, grant(INVOKER, TRACE)),
            new Finding.Trace(SERVICE, grant(FOREIGN, TRACE))));
  }

  private static List<Finding> findings(Wish wish, Grant... live) {
    return Planner.plan(Wish.plan(wish.policy()), live(live), Pruning.NONE, NOW).findings();
  }

  private static List<Finding> findings(Wish wish, Live<ServiceAccount> account, Grant... live) {
    var desired =
        new DesiredState(
            List.of(ServiceAccount.desired(ACCOUNT, null, null)), List.of(wish.policy()), Map.of());
    var state = new LiveState(Map.of(ACCOUNT, account), live(live).policies());
    return Planner.plan(desired, state, Pruning.NONE, NOW).findings();
  }

  private static LiveState live(Grant... grants) {
    return new LiveState(
        Map.of(), Map.of(SERVICE, new Live.Read<>(AllowPolicy.of("etag", List.of(grants)))));
  }
}
