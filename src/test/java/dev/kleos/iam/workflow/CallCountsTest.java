package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Wish;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One read a policy and one write a changed policy, whatever the number of grants; counted by the
/// emulator. Peers take reads and writes by the member.
class CallCountsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 400, 1000})
  void plan_isOneRead_apply_noFurtherReadAndOneWrite_again_noWrite(int users)
      throws InterruptedException {
    try (var demo = new Demo()) {
      demo.emulator.world().liftLimits();
      var account = ServiceAccount.desired(Demo.ACCOUNT, null, null);
      demo.cloud.accounts().create(account);
      var desired = plan(account, users);

      demo.emulator.calls().clear();
      var previewed = demo.preview(desired);
      assertThat(previewed.changeSet().summary().add()).isEqualTo(3 * users);
      assertThat(demo.calls("GetIamPolicy", Demo.ACCOUNT)).isEqualTo(1);
      assertThat(demo.calls("GetServiceAccount", Demo.ACCOUNT)).isEqualTo(1);
      assertThat(demo.emulator.calls().all()).hasSize(2);

      demo.emulator.calls().clear();
      assertThat(Demo.applier(demo.cloud).apply(previewed.changeSet()))
          .extracting(AppliedChange::outcome)
          .containsExactly(new Outcome.Applied(1));
      assertThat(demo.calls("SetIamPolicy", Demo.ACCOUNT)).isEqualTo(1);
      assertThat(demo.emulator.calls().all()).hasSize(1);

      demo.emulator.calls().clear();
      assertThat(demo.apply(desired)).isInstanceOf(Apply.InSync.class);
      assertThat(demo.calls("GetIamPolicy", Demo.ACCOUNT)).isEqualTo(1);
      assertThat(demo.emulator.calls().all()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void apply_ofANewAccount_readsItsPolicyOnceMore_andOursIsTheEmulatorsCount(int users)
      throws InterruptedException {
    try (var demo = new Demo()) {
      demo.apply(plan(ServiceAccount.desired(Demo.ACCOUNT, null, null), users));

      // The plan's two reads; the creation; the new policy's read, for its etag; its write.
      assertThat(demo.cloud.calls()).isEqualTo(new ApiCalls(3, 2));
      assertThat(demo.emulator.calls().all()).hasSize(5);
      assertThat(demo.writes()).isEqualTo(2);
    }
  }

  private static DesiredState plan(ServiceAccount account, int users) {
    var members = IntStream.range(0, users).mapToObj(i -> "user:u" + i + "@example.com").toList();
    return Wish.plan(List.of(account), Wish.on(Demo.ACCOUNT).users(members).policy());
  }
}
