package dev.kleos.iam.workflow;

import static dev.kleos.iam.workflow.Onboarding.ACCOUNT;
import static dev.kleos.iam.workflow.Onboarding.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.workflow.AccessChange.Done;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Access that is granted or revoked by a thread which is interrupted at the write: an interrupted
/// thread can write no file, and yet the files fit what Google holds afterwards.
@Timeout(30)
class StoppedAccessTest {
  @TempDir private Path folder = Path.of("");
  private Onboarding onboarding = new Onboarding(folder);

  @BeforeEach
  void start() throws InterruptedException {
    onboarding.close();
    onboarding = Onboarding.of(folder, PLAN);
  }

  @AfterEach
  void close() {
    onboarding.close();
  }

  @Test
  void grant_thatIsStoppedBeforeItsWrite_takesItsLineBack() throws InterruptedException {
    interruptedAtTheWrite(true);

    var change = onboarding.grant("carol@example.com");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(((Done) change).applied())
        .extracting(AppliedChange::outcome)
        .containsExactly(new Outcome.Stopped());
    assertThat(((Done) change).files())
        .containsExactly(new FileOutcome.TakenBack("kleos-iam.yaml"));
    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.members(ACCOUNT)).doesNotContain("user:carol@example.com");
  }

  @Test
  void grant_whoseWriteIsFinished_keepsItsLine() throws InterruptedException {
    interruptedAtTheWrite(false);

    var change = onboarding.grant("carol@example.com");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(((Done) change).applied())
        .extracting(AppliedChange::outcome)
        .containsExactly(new Outcome.Applied(1));
    assertThat(onboarding.text()).contains("carol@example.com");
    assertThat(onboarding.members(ACCOUNT)).contains("user:carol@example.com");
  }

  @Test
  void revoke_thatIsStoppedBeforeItsWrite_keepsTheLine() throws InterruptedException {
    interruptedAtTheWrite(true);

    var change = onboarding.revoke("alice@example.com", ACCOUNT).change();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(((Done) change).applied())
        .extracting(AppliedChange::outcome)
        .containsExactly(new Outcome.Stopped());
    assertThat(((Done) change).files()).isEmpty();
    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.members(ACCOUNT)).contains("user:alice@example.com");
  }

  @Test
  void revoke_whoseWriteIsFinished_takesTheLineOut() throws InterruptedException {
    interruptedAtTheWrite(false);

    onboarding.revoke("alice@example.com", ACCOUNT);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(onboarding.members(ACCOUNT)).doesNotContain("user:alice@example.com");
    assertThat(onboarding.text()).isNotEqualTo(PLAN);
  }

  /// Interrupts this thread at the first write.
  ///
  /// @param withRival whether somebody else writes first, so that there would have to be another
  private void interruptedAtTheWrite(boolean withRival) {
    var applying = Thread.currentThread();
    var done = new AtomicBoolean();
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy") && done.compareAndSet(false, true)) {
        if (withRival) {
          var world = onboarding.demo.emulator.world();
          world.putPolicy(ACCOUNT.name(), world.policy(ACCOUNT.name()));
        }
        applying.interrupt();
        while (!onboarding.demo.stop.isRequested()) {
          Thread.onSpinWait();
        }
      }
    });
  }
}
