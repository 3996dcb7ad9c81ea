package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.cli.Scene.Said;
import dev.kleos.iam.cli.Surroundings.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `doctor` takes of this machine, and what it does not.
class DoctorDialogueTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir private Path folder = Path.of("");

  @Test
  void onAnEmulator_noFileOfTheRealLogin_isRead() throws IOException {
    try (var scene = new Scene(folder, false).start()) {
      var gcloud = folder.resolve("home/.config/gcloud");
      var login = unread(gcloud.resolve("application_default_credentials.json"));
      var configuration = unread(gcloud.resolve("configurations/config_default"));
      var control = unread(folder.resolve("world.json"));
      assertThat(Files.readString(control)).isNotEmpty();
      assumeTrue(isRead(control), "needs a file system that keeps when a file was read");

      assertThat(doctor(scene).code()).isZero();

      assertThat(isRead(login)).as("the credential file was read").isFalse();
      assertThat(isRead(configuration)).as("gcloud's configuration was read").isFalse();
    }
  }

  @Test
  void whoeverAsksForHerself_byName_isLookedAtAsWithout() {
    try (var scene = new Scene(folder, true).start()) {
      var byName = doctor(scene, "alice@example.com");

      assertThat(scene.plain(byName.out()))
          .contains("✓ credentials", "✓ quota project", "✓ gcloud", "✓ impersonation", "✓ answer")
          .isEqualTo(scene.plain(doctor(scene).out()));
    }
  }

  @Test
  void somebodyElsesRoad_isNotOnThisMachine() {
    try (var scene = new Scene(folder, true).start()) {
      assertThat(doctor(scene, "bob@example.com").out())
          .contains("✓ project")
          .doesNotContain("✓ credentials", "quota project", "✓ gcloud", "✓ impersonation");
    }
  }

  private static Said doctor(Scene scene, String... words) {
    var line = new ArrayList<>(List.of("doctor"));
    line.addAll(List.of(words));
    return scene.run(Terminals.NONE, line);
  }

  private static Path unread(Path file) throws IOException {
    return Files.setAttribute(file, "lastAccessTime", LONG_AGO);
  }

  private static boolean isRead(Path file) throws IOException {
    return !Files.getAttribute(file, "lastAccessTime").equals(LONG_AGO);
  }
}
