package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateFileLockTest {
  private static final Duration NO_PATIENCE = Duration.ZERO;

  @TempDir private Path folder;

  @Test
  void open_whileInUse_isRefusedAfterAWhile_andLeavesTheLockIntact() {
    var file = folder.resolve("state.json");
    try (var _ = open(file)) {
      for (var i = 0; i < 2; i++) {
        assertThatThrownBy(() -> StateFile.open(file, World::demo, NO_PATIENCE))
            .isInstanceOf(StateFileException.class)
            .hasMessageContaining("another process uses this state file");
      }
    }
    StateFile.open(file, World::demo, NO_PATIENCE).close();
  }

  @Test
  void open_whileInUse_waitsForTheOtherToFinish() throws InterruptedException {
    var file = folder.resolve("state.json");
    var google = open(file);
    var closer = Thread.startVirtualThread(() -> closeSoon(google));

    try (var second = open(file)) {
      assertThat(second.get(account("late-one")).getEtag()).isEqualTo(Policies.NEVER_SET.getEtag());
    }
    closer.join();
  }

  @Test
  void open_whileAnotherProcessHoldsTheLock_isRefused() throws IOException, InterruptedException {
    var file = folder.resolve("state.json");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var other =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('!');
      assertThatThrownBy(() -> StateFile.open(file, World::demo, NO_PATIENCE))
          .hasMessageContaining("another process");
      other.destroyForcibly().waitFor();
      StateFile.open(file, World::demo, NO_PATIENCE).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void symbolicLink_isWrittenThrough_andSharesTheLockOfItsTarget() throws IOException {
    var target = folder.resolve("target.json");
    var link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("target.json"));

    try (var google = open(link)) {
      google.create("invoker");
      assertThatThrownBy(() -> StateFile.open(target, World::demo, NO_PATIENCE))
          .isInstanceOf(StateFileException.class);
    }

    assertThat(link).isSymbolicLink();
    assertThat(target).isRegularFile().content().contains("invoker@kleos-demo");
  }

  @Test
  void symbolicLink_thatLeadsToItself_isRefused() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("link.json"));

    assertThatThrownBy(() -> StateFile.open(link)).hasMessageContaining("too many symbolic links");
  }

  private static Google open(Path file) {
    return new Google(Emulator.start(StateFile.open(file)));
  }

  private static void closeSoon(Google google) {
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    google.create("late-one");
    google.close();
  }
}
