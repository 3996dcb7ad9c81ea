package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.kleos.iam.cli.Scene.Said;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.CallHook;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `doctor --wait`.
@Timeout(120)
class WaitingTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFreeRoad_isSeenThreeTimesInARow() {
    try (var scene = new Scene(folder, false).start()) {
      assertThat(doctor(scene, "--wait").code()).isZero();

      assertThat(tokens(scene)).isEqualTo(3);
    }
  }

  @Test
  void aYes_thatIsFollowedByANo_doesNotCount() {
    try (var scene = new Scene(folder, false).start()) {
      var tries = new AtomicInteger();
      on(
          scene,
          "GenerateIdToken",
          () -> {
            if (tries.incrementAndGet() == 2) {
              throw Status.PERMISSION_DENIED.asRuntimeException();
            }
          });

      assertThat(doctor(scene, "--wait").code()).isZero();

      assertThat(tokens(scene)).isEqualTo(5);
    }
  }

  @Test
  void whatWaitingDoesNotMend_isNotWaitedFor() {
    try (var scene = new Scene(folder, false)) {
      scene.world.invokers("", "");
      scene.start();

      assertThat(doctor(scene, "--wait").code()).isEqualTo(ExitCode.FAILED);

      assertThat(tokens(scene)).isEqualTo(1);
    }
  }

  @Test
  void somebodyElsesRoad_whichIsRead_isReadOnce() {
    try (var scene = new Scene(folder, false)) {
      scene.world.actors("user:bob@example.com", "");
      scene.start();

      assertThat(doctor(scene, "bob@example.com", "--wait").code()).isZero();

      assertThat(scene.google().emulator().calls().count("GetProject")).isEqualTo(1);
    }
  }

  /// Faults after the time of the first walk are over within the time of theirs.
  @Test
  void eachWalk_hasTheTimeForFaultsToItself() {
    try (var scene = new Scene(folder, false)) {
      scene.world.actors("", "");
      scene.late(
          Duration.ofSeconds(4),
          () -> scene.grant("alice@example.com", "--account", Worldly.ACCOUNT));
      scene.start();
      var faulty = Instant.now().plus(Duration.ofMillis(3200));
      var tries = new AtomicInteger();
      on(
          scene,
          "GetProject",
          () -> {
            if (Instant.now().isAfter(faulty) && tries.incrementAndGet() % 2 == 1) {
              throw Status.UNAVAILABLE.asRuntimeException();
            }
          });

      var said = doctor(scene, "--wait=1m", "--timeout=3s");

      assertThat(said.out()).as(said.toString()).doesNotContain("✗");
      assertThat(said.code()).isZero();
      assertThat(tries.get()).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void aTimeThatIsNotAttached_isNobody() {
    try (var scene = new Scene(folder, false).start()) {
      var said = doctor(scene, "--wait", "5s");

      assertThat(said.code()).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).endsWith("; write --wait=5s\n");
    }
  }

  /// Before the first walk is over, nothing is known of the road.
  @Test
  void ctrlC_beforeAnythingIsKnown_saysNothingOfIt() throws Exception {
    try (var scene = new Scene(folder, false).start()) {
      var walking = new CountDownLatch(1);
      var over = new CountDownLatch(1);
      on(
          scene,
          "GenerateIdToken",
          () -> {
            walking.countDown();
            Uninterruptibles.awaitUninterruptibly(over);
          });
      try (var run = InterruptedRun.start(folder, scene.env(), "doctor", "--wait")) {
        walking.await();
        run.signal("INT");

        assertThat(run.end()).endsWith("\nInterrupted.\nexit 130");
      } finally {
        over.countDown();
      }
    }
  }

  @Test
  void ctrlC_whileItSpreads_saysSo() throws Exception {
    try (var scene = new Scene(folder, false)) {
      scene.world.actors("", "");
      scene.late(
          Duration.ofHours(1),
          () -> scene.grant("alice@example.com", "--account", Worldly.ACCOUNT));
      scene.start();
      try (var run = InterruptedRun.start(folder, scene.env(), "doctor", "--wait")) {
        run.awaitComplaint("attempt 2");
        run.signal("INT");

        assertThat(run.end()).endsWith("\nInterrupted: it was not seen to work yet.\nexit 130");
      }
    }
  }

  private static Said doctor(Scene scene, String... words) {
    var line = new ArrayList<>(List.of("doctor"));
    line.addAll(List.of(words));
    return scene.run(Terminals.NONE, line);
  }

  private static void on(Scene scene, String method, Runnable task) {
    CallHook hook =
        call -> {
          if (call.method().endsWith("/" + method)) {
            task.run();
          }
        };
    scene.google().emulator().onCall(hook);
  }

  private static long tokens(Scene scene) {
    return scene.google().emulator().calls().count("GenerateIdToken");
  }
}
