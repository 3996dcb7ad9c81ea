package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.CallHook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a road without a fault costs.
class DoctorCallsTest {
  private static final List<String> AT_ONCE =
      List.of(
          "GetIamPolicy",
          "GetIamPolicy",
          "GetProject",
          "GetService",
          "GetService",
          "GetService",
          "GetService",
          "GetService",
          "GetServiceAccount",
          "TestIamPermissions");

  @TempDir private Path folder = Path.of("");

  @Test
  void aRoadWithoutAFault_isTenReadsAtOnce_aToken_andTheCall() {
    try (var scene = new Scene(folder, false).start()) {
      var all = new CountDownLatch(AT_ONCE.size());
      var waited = new CountDownLatch(AT_ONCE.size());
      CallHook together =
          _ -> {
            all.countDown();
            if (await(all)) {
              waited.countDown();
            }
          };
      scene.google().emulator().onCall(together);

      assertThat(doctor(scene)).isZero();

      assertThat(waited.getCount()).as("calls that were not under way at once").isZero();
      var methods = methods(scene);
      assertThat(methods.subList(0, 10).stream().sorted()).isEqualTo(AT_ONCE);
      assertThat(methods.subList(10, methods.size())).containsExactly("GenerateIdToken", "Invoke");
    }
  }

  @Test
  void forSomebodyElse_nothingIsDone() {
    try (var scene = new Scene(folder, false).start()) {
      assertThat(doctor(scene, "bob@example.com")).isEqualTo(ExitCode.FAILED);

      assertThat(methods(scene).stream().sorted())
          .containsExactly(
              "GetIamPolicy",
              "GetIamPolicy",
              "GetIamPolicy",
              "GetProject",
              "GetRole",
              "GetService",
              "GetService",
              "GetService",
              "GetService",
              "GetService",
              "GetServiceAccount");
    }
  }

  private static int doctor(Scene scene, String... words) {
    var line = new ArrayList<>(List.of("doctor"));
    line.addAll(List.of(words));
    return scene.run(Terminals.NONE, line).code();
  }

  private static List<String> methods(Scene scene) {
    return scene.google().emulator().calls().all().stream()
        .map(Call::method)
        .map(method -> method.substring(method.indexOf('/') + 1))
        .toList();
  }

  private static boolean await(CountDownLatch all) {
    try {
      return all.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
