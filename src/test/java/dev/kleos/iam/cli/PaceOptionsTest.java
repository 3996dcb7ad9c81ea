package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pace that the command line names.
@Timeout(60)
class PaceOptionsTest {
  private static final Endpoints NONE =
      _ -> {
        throw new UnsupportedOperationException();
      };

  private final Emulator emulator = Emulator.start(World.demo());
  private final Printed out = new Printed();
  private final Printed err = new Printed();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "64"})
  void noMoreCallsAreUnderWay_thanTheCommandLineSays(int concurrency) throws Exception {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    emulator.onCall(_ -> {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        underWay.decrementAndGet();
      }
    });

    run("plan", "--concurrency", Integer.toString(concurrency), plan(100));

    assertThat(most.get()).isBetween(Math.min(concurrency, 2), concurrency);
    assertThat(emulator.calls().count("GetIamPolicy")).isEqualTo(100);
  }

  @Test
  void whoIsLetMakeOneReadASecond_makesSixtyAtOnce_andThenWaits_andInterruptionEndsThat()
      throws Exception {
    var plan = plan(61);
    var thread = Thread.ofVirtual().start(() -> run("plan", "--qps", "1", plan));
    while (emulator.calls().count("GetIamPolicy") < 60) {
      Thread.sleep(5);
    }
    thread.interrupt();
    thread.join();

    assertThat(emulator.calls().count("GetIamPolicy")).isEqualTo(60);
    assertThat(err.text()).isEqualTo("kleos-iam: interrupted\n");
  }

  private String plan(int services) throws Exception {
    var plan =
        new StringBuilder("version: 1\nproject: kleos-demo\nregion: us-central1\nservices:\n");
    for (var i = 0; i < services; i++) {
      emulator.world().ensureService("kleos-demo", "us-central1", "service-" + i);
      plan.append("  service-").append(i).append(": {invokers: ['user:alice@example.com']}\n");
    }
    Files.writeString(folder.resolve("plan.yaml"), plan);
    return "plan.yaml";
  }

  private void run(String... args) {
    var code =
        CommandLines.run(Unattended.in(folder, new StagedClouds(emulator, NONE), out, err), args);
    assertThat(code).isIn(ExitCode.DONE, ExitCode.INTERRUPTED);
  }
}
