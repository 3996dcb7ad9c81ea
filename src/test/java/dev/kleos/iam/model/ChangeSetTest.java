package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeSetTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final ServiceAccount DESIRED = ServiceAccount.desired(ACCOUNT, "Name", null);
  private static final Principal ALICE = Principal.of("user:alice@example.com");
  private static final Grant ALWAYS = Grant.of(Role.RUN_INVOKER, ALICE);
  private static final Grant TODAY =
      new Grant(Role.RUN_INVOKER, ALICE, Condition.until(RandomIam.NOW));

  @Test
  void summary_countsEachKind_aChangedConditionAsOneAddedAndOneRemoved() {
    var changes =
        new ChangeSet(
            List.of(
                new Change.CreateServiceAccount(DESIRED),
                new Change.UpdateServiceAccount(DESIRED, DESIRED),
                new Change.ModifyPolicy(
                    ACCOUNT, AllowPolicy.NONE, GrantDiff.of(Set.of(ALWAYS), Set.of(TODAY)))),
            List.of(new ChangeSet.UnmanagedGrant(ACCOUNT, ALWAYS)),
            List.of(),
            List.of(),
            List.of());

    assertThat(changes.summary()).isEqualTo(new ChangeSet.Summary(1, 1, 1, 1, 1));
  }

  @Test
  void drift_isAlsoWhatNoApplyChanges() {
    var unmanaged = List.of(new ChangeSet.UnmanagedGrant(ACCOUNT, ALWAYS));
    var update = List.<Change>of(new Change.UpdateServiceAccount(DESIRED, DESIRED));

    assertThat(changeSet(List.of(), List.of(), List.of()).hasDrift()).isFalse();
    assertThat(changeSet(List.of(), unmanaged, List.of()).hasDrift()).isTrue();
    assertThat(changeSet(List.of(), List.of(), List.of(ACCOUNT)).hasDrift()).isTrue();
    assertThat(changeSet(update, List.of(), List.of()).hasDrift()).isTrue();
  }

  @Test
  void inSync_isToHaveNothingToWrite() {
    var unmanaged = List.of(new ChangeSet.UnmanagedGrant(ACCOUNT, ALWAYS));
    var update = List.<Change>of(new Change.UpdateServiceAccount(DESIRED, DESIRED));

    assertThat(changeSet(List.of(), unmanaged, List.of(ACCOUNT)).isInSync()).isTrue();
    assertThat(changeSet(update, List.of(), List.of()).isInSync()).isFalse();
  }

  private static ChangeSet changeSet(
      List<Change> changes,
      List<ChangeSet.UnmanagedGrant> unmanaged,
      List<Resource.Account> disabled) {
    return new ChangeSet(changes, unmanaged, disabled, List.of(), List.of());
  }
}
