package dev.kleos.iam.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruningTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource PROJECT = new Resource.Project("kleos-demo");
  private static final Pruning RESOURCES = new Pruning(true, false, false, false, Set.of());
  private static final Pruning PROJECTS = new Pruning(false, true, false, false, Set.of());

  @Test
  void prune_reachesAccountsAndServices_butNeverTheProject() {
    assertThat(treated(RESOURCES, Unmanaged.REPORT))
        .containsExactly(Unmanaged.REMOVE, Unmanaged.REMOVE, Unmanaged.REPORT);
  }

  @Test
  void pruneProject_reachesTheProjectAlone() {
    assertThat(treated(PROJECTS, Unmanaged.REPORT))
        .containsExactly(Unmanaged.REPORT, Unmanaged.REPORT, Unmanaged.REMOVE);
  }

  @Test
  void noPruning_changesNothing() {
    for (var treatment : Unmanaged.values()) {
      assertThat(treated(Pruning.NONE, treatment)).containsOnly(treatment);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORE", "REMOVE"})
  void prune_leavesWhatThePlanSaysItselfAlone(Unmanaged said) {
    assertThat(treated(new Pruning(true, true, false, false, Set.of()), said)).containsOnly(said);
  }

  @Test
  void prune_keepsEverythingElseOfTheWish() {
    var wish =
        Wish.on(ACCOUNT)
            .wants(Wish.grant("roles/iam.serviceAccountUser", "user:alice@example.com"))
            .ended("roles/iam.serviceAccountAdmin", "user:bob@example.com");
    var account = ServiceAccount.desired(ACCOUNT, "Name", null);

    var pruned = RESOURCES.applyTo(Wish.plan(List.of(account), wish.policy()));

    assertThat(pruned)
        .isEqualTo(Wish.plan(List.of(account), wish.unmanaged(Unmanaged.REMOVE).policy()));
  }

  private static List<Unmanaged> treated(Pruning pruning, Unmanaged treatment) {
    var desired =
        Wish.plan(
            Wish.on(ACCOUNT).unmanaged(treatment).policy(),
            Wish.on(SERVICE).unmanaged(treatment).policy(),
            Wish.on(PROJECT).unmanaged(treatment).policy());
    assertThat(pruning.applyTo(desired).projectNumbers()).isEqualTo(Map.of());
    return pruning.applyTo(desired).policies().stream().map(DesiredPolicy::unmanaged).toList();
  }
}
