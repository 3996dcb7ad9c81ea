package dev.kleos.iam.applier;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Draw;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What each write says of itself before it is sent: what was there before any write of this run
/// that may have come through.
@Timeout(30)
class IntentsTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Grant ALICE = grant("roles/run.invoker", "user:alice@example.com");
  private static final Grant BOB = grant("roles/run.invoker", "user:bob@example.com");
  private static final Grant CAROL = grant("roles/run.invoker", "user:carol@example.com");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final List<Set<Grant>> before = new ArrayList<>();

  @Test
  void afterAConflictWithARival_itIsWhatTheRivalLeft() {
    cloud.put(SERVICE, BOB);
    cloud.before(Op.WRITE, SERVICE, () -> cloud.put(SERVICE, BOB, CAROL));

    assertThat(replaceBobByAlice()).isEqualTo(new Outcome.Applied(2));
    assertThat(before).containsExactly(Set.of(BOB), Set.of(BOB, CAROL));
  }

  @Test
  void afterALostAnswer_itIsWhatWasThereBeforeThat() {
    cloud.put(SERVICE, BOB, CAROL);
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> {
          cloud.put(SERVICE, CAROL, ALICE);
          throw unanswered();
        });

    assertThat(replaceBobByAlice()).isEqualTo(new Outcome.AlreadyInEffect(true));
    assertThat(before).containsExactly(Set.of(BOB, CAROL));
  }

  /// A rival has brought back meanwhile whom the next write removes, for sure.
  @Test
  void afterALostAnswer_whatIsChangedForSure_countsAsBefore() {
    cloud.put(SERVICE, BOB);
    cloud.before(
        Op.WRITE,
        SERVICE,
        () -> cloud.put(SERVICE),
        () -> {
          cloud.put(SERVICE, BOB);
          throw unanswered();
        });

    assertThat(replaceBobByAlice()).isEqualTo(new Outcome.Applied(3));
    assertThat(before).containsExactly(Set.of(BOB), Set.of(), Set.of(BOB));
  }

  private Outcome replaceBobByAlice() {
    var change =
        new ModifyPolicy(SERVICE, cloud.policy(SERVICE), GrantDiff.of(Set.of(ALICE), Set.of(BOB)));
    return new Applier(
            cloud,
            Duration.ofMinutes(5),
            new VirtualTimer(),
            Draw.zero(),
            Progress.NONE,
            new Stop(),
            new Remembering())
        .apply(ChangeSet.of(List.of(change)))
        .getFirst()
        .outcome();
  }

  private static CloudException.Transient unanswered() {
    return new CloudException.Transient(
        Failure.of("UNAVAILABLE", SERVICE.name(), "message", ""), Optional.empty());
  }

  private final class Remembering implements Journal {
    @Override
    public Optional<String> obstacle() {
      return Optional.empty();
    }

    @Override
    public void begins(ChangeSet approved) {}

    @Override
    public void intends(Intent intent) {
      before.add(((ModifyPolicy) intent.change()).planned().grants());
    }

    @Override
    public void ended(AppliedChange step) {}

    @Override
    public void ends() {}
  }
}
