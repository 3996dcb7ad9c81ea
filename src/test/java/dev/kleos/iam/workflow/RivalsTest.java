package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Concurrently;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Eight runs with different plans against one account, all planned before the first of them
/// writes.
@Timeout(30)
class RivalsTest {
  private static final int RIVALS = 8;
  private static final int USERS = 25;
  private static final ServiceAccount ACCOUNT =
      ServiceAccount.desired(Demo.ACCOUNT, "Kleos invoker", null);

  @Test
  void eightRivals_onOneAccount_loseNoGrantOfAny() throws InterruptedException {
    try (var demo = new Demo()) {
      demo.cloud.accounts().create(ACCOUNT);

      var outcomes = race(demo).stream().map(AppliedChange::outcome).toList();

      assertThat(outcomes).hasSize(RIVALS).allMatch(Outcome.Applied.class::isInstance);
      assertEveryGrantIsThere(demo);
      assertThat(demo.calls("SetIamPolicy", Demo.ACCOUNT)).isGreaterThanOrEqualTo(2 * RIVALS - 1);
    }
  }

  @Test
  void eightRivals_whoAllCreateTheAccount_createItOnce_andLoseNoGrantOfAny()
      throws InterruptedException {
    try (var demo = new Demo()) {
      var applied = race(demo);

      assertThat(applied)
          .filteredOn(step -> step.change() instanceof Change.CreateServiceAccount)
          .extracting(AppliedChange::outcome)
          .hasSize(RIVALS)
          .containsOnlyOnce(new Outcome.Applied(1))
          .containsOnly(new Outcome.Applied(1), new Outcome.AlreadyInEffect(true));
      assertThat(applied)
          .filteredOn(step -> step.change() instanceof Change.ModifyPolicy)
          .hasSize(RIVALS)
          .allMatch(step -> step.outcome() instanceof Outcome.Applied);
      assertEveryGrantIsThere(demo);
    }
  }

  private static List<AppliedChange> race(Demo demo) throws InterruptedException {
    var planned = new CyclicBarrier(RIVALS);
    var runs = new ArrayList<Callable<Apply.Result>>();
    for (var rival = 0; rival < RIVALS; rival++) {
      var plan = plan(rival);
      runs.add(() -> {
        try (var cloud = GoogleCloud.over(demo.emulator.channelBuilder())) {
          return Demo.apply(cloud).run(plan, Pruning.NONE, Overrides.NONE, new Starting(planned));
        }
      });
    }
    var applied = new ArrayList<AppliedChange>();
    for (var result : Concurrently.all(runs)) {
      assertThat(result).isInstanceOf(Apply.Done.class);
      applied.addAll(((Apply.Done) result).applied());
    }
    return applied;
  }

  private static void assertEveryGrantIsThere(Demo demo) {
    var wanted = new HashSet<Grant>();
    for (var rival = 0; rival < RIVALS; rival++) {
      plan(rival).policies().forEach(policy -> wanted.addAll(policy.grants()));
    }
    assertThat(wanted).hasSize(3 * RIVALS * USERS);
    assertThat(demo.cloud.policies().read(Demo.ACCOUNT).grants()).isEqualTo(wanted);
  }

  private static DesiredState plan(int rival) {
    var users =
        IntStream.range(0, USERS)
            .mapToObj(i -> "user:r" + rival + "u" + i + "@example.com")
            .toList();
    return Wish.plan(List.of(ACCOUNT), Wish.on(Demo.ACCOUNT).users(users).policy());
  }

  /// Says yes when all rivals have their plans.
  private record Starting(CyclicBarrier planned) implements Apply.Confirmation {
    @Override
    public void show(Previewed previewed) {}

    @Override
    public boolean isGiven(Previewed previewed) {
      try {
        planned.await();
        return true;
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
