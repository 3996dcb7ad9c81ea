package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
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

  /// The account that the first run created is the run's own, and no stranger.
  @Test
  void whatWasDoneInPart_goesOnWithTheRest_andIsThenDone() throws Exception {
    try (var scene = new Scene(folder, false)) {
      scene.world.withoutAccount();
      scene.world.ofProject("roles/iam.securityReviewer", "user:alice@example.com");
      scene.world.ofProject("roles/iam.serviceAccountAdmin", "user:alice@example.com");
      scene.start();
      assertThat(alice(scene, "plan", "--out", "changes.json").code()).isZero();

      var first = alice(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(first.code()).as(first.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(first.out()).contains("\nApplied: 1 account created · ", "1 change FAILED");

      letIn(scene, "roles/run.admin");
      var second = alice(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(second.code()).as(second.toString()).isZero();
      assertThat(second.out())
          .contains("iam.gserviceaccount.com  is created\n")
          .contains("  3 grants there: user:alice@example.com\n")
          .contains("\nApplied: 1 grant added.");

      var third = alice(scene, "apply", "--from", "changes.json", "--yes");
      assertThat(third.code()).isEqualTo(ExitCode.CONFLICT);
      assertThat(third.out()).contains(" by run 2. Nothing was written.");
    }
  }

  private static void letIn(Scene scene, String role) {
    var world = scene.google().emulator().world();
    var binding = Binding.newBuilder().setRole(role).addMembers("user:alice@example.com");
    var policy = world.policy("projects/kleos-demo").toBuilder().addBindings(binding);
    world.putPolicy("projects/kleos-demo", policy.build());
  }

  private static Said alice(Scene scene, String... words) {
    return scene.run(Terminals.NONE, List.of(words));
  }

  private static Said admin(Scene scene, String... words) {
    return scene.runAsAdmin(Terminals.NONE, List.of(words));
  }
}
