package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.Scene.Said;
import dev.kleos.iam.cli.Surroundings.Terminals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may only read plans, and saves what came of it; who may write applies it, and has no plan
/// file. Everybody is let do what their roles say.
class SavedByAnotherTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whoMayOnlyRead_plansAndSaves_andWhoMayWrite_applies_withoutThePlanFile() throws Exception {
    try (var scene = new Scene(folder, false)) {
      Files.writeString(
          folder.resolve("ci.yaml"),
          Scene.PLAN.replace(
              "invokers: [kleos-invoker]", "invokers: [kleos-invoker, user:bob@example.com]"));
      scene.world.ofProject("roles/iam.securityReviewer", "user:alice@example.com");
      scene.start();
      var calls = scene.google().emulator().calls();
      calls.clear();

      var planned = alice(scene, "plan", "ci.yaml", "--out", "changes.json");
      assertThat(planned.code()).as(planned.toString()).isZero();
      assertThat(calls.all()).isNotEmpty().noneMatch(call -> call.method().contains("Set"));

      var refused = alice(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(refused.code()).as(refused.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.out()).contains("You need run.services.setIamPolicy");

      Files.delete(folder.resolve("ci.yaml"));
      var applied = admin(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(applied.code()).as(applied.toString()).isZero();
      assertThat(applied.out())
          .contains(" as admin@example.com\n")
          .contains(" by alice@example.com, to be applied before ")
          .contains("ci.yaml is not here to be compared")
          .contains("\nApplied: 2 grants added.");

      var twice = admin(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(twice.code()).isEqualTo(ExitCode.CONFLICT);
      assertThat(twice.out()).contains("it was applied already, at ").contains(" by run 1");
    }
  }

  private static Said alice(Scene scene, String... words) {
    return scene.run(Terminals.NONE, List.of(words));
  }

  private static Said admin(Scene scene, String... words) {
    return scene.runAsAdmin(Terminals.NONE, List.of(words));
  }
}
