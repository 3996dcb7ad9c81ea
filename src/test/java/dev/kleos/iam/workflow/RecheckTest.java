package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Wish;
import dev.kleos.iam.workflow.Recheck.Rechecked;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Saved changes cost no more calls than they have to, and meet the guards of whoever applies them.
class RecheckTest {
  private static final String INVOKER = "roles/run.invoker";
  private static final Grant ALICE = Wish.grant(INVOKER, "user:alice@example.com");
  private static final Grant BOB = Wish.grant(INVOKER, "user:bob@example.com");

  @Test
  void savedChanges_areOneReadAndOneWriteAPolicy_andNothingElseIsAskedFor() throws Exception {
    try (var demo = new Demo()) {
      var account = ServiceAccount.desired(Demo.ACCOUNT, null, null);
      demo.cloud.accounts().create(account);
      var desired =
          Wish.plan(
              List.of(account),
              Wish.on(Demo.ACCOUNT).policy(),
              Wish.on(Demo.PROJECT).manages("roles/viewer").policy(),
              Wish.on(Demo.SERVICE).wants(ALICE, BOB).policy());
      var planned = demo.preview(desired).changeSet();
      demo.emulator.calls().clear();

      var rechecked = recheck(demo, desired, planned);
      assertThat(rechecked.previewed().changeSet()).isEqualTo(planned);
      assertThat(demo.calls("GetIamPolicy", Demo.SERVICE)).isEqualTo(1);
      assertThat(demo.emulator.calls().all()).hasSize(1);

      demo.emulator.calls().clear();
      var answer = new Demo.Answering(true);
      assertThat(Apply.run(rechecked.previewed(), demo.applier(), answer))
          .isInstanceOf(Apply.Done.class);
      assertThat(demo.calls("SetIamPolicy", Demo.SERVICE)).isEqualTo(1);
      assertThat(demo.emulator.calls().all()).hasSize(1);

      demo.emulator.calls().clear();
      assertThat(recheck(demo, desired, planned).previewed().changeSet().changes()).isEmpty();
      assertThat(demo.emulator.calls().all()).hasSize(1);
    }
  }

  @Test
  void ofAnotherProjectThanThePlanExpects_nothingIsRead() throws Exception {
    try (var demo = new Demo()) {
      var policies = Wish.plan(Wish.on(Demo.SERVICE).wants(ALICE).policy()).policies();
      var desired = new DesiredState(List.of(), policies, Map.of("kleos-demo", "1"));
      var planned = demo.preview(Wish.plan(policies.getFirst())).changeSet();
      demo.emulator.calls().clear();

      var rechecked = recheck(demo, desired, planned);

      assertThat(rechecked.previewed().refusals()).hasSize(1);
      assertThat(rechecked.previewed().changeSet().changes()).isEmpty();
      assertThat(demo.calls("GetIamPolicy", Demo.SERVICE)).isZero();
    }
  }

  /// Since it was planned, all others have lost the role.
  @Test
  void theGuards_areAskedAgain_aboutWhatIsLiveNow() throws Exception {
    try (var demo = new Demo()) {
      var both = Wish.plan(Wish.on(Demo.SERVICE).wants(ALICE, BOB).policy());
      demo.apply(both);
      var one = Wish.plan(Wish.on(Demo.SERVICE).wants(ALICE).policy());
      var planned =
          Demo.preview(demo.cloud)
              .run(one, new Pruning(true, false, false, false, Set.of()), Overrides.NONE);
      assertThat(planned.refusals()).isEmpty();
      var policy = demo.emulator.world().policy(Demo.SERVICE.name());
      var bobAlone = policy.toBuilder();
      bobAlone.setBindings(
          0, policy.getBindings(0).toBuilder().clearMembers().addMembers("user:bob@example.com"));
      demo.emulator.world().putPolicy(Demo.SERVICE.name(), bobAlone.build());

      var rechecked = recheck(demo, one, planned.changeSet());

      assertThat(rechecked.rebased().moved()).isEmpty();
      assertThat(rechecked.previewed().refusals())
          .singleElement()
          .extracting(refusal -> refusal.evidence())
          .asString()
          .contains("from the last who has it: user:bob@example.com");
    }
  }

  private static Rechecked recheck(Demo demo, DesiredState desired, ChangeSet planned)
      throws InterruptedException {
    return new Recheck(demo.cloud, InstantSource.fixed(RandomIam.NOW), Progress.NONE)
        .run(desired, planned, Set.of(), Overrides.NONE);
  }
}
