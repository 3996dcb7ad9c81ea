package dev.kleos.iam.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  @TempDir private Path folder = Path.of("");

  /// Else `undo` would say that a run still goes on because somebody looks at the history.
  @Test
  void aProcessThatOnlyLooks_holdsNothing() throws Exception {
    assertThat(isHeldBeside("shared")).isFalse();
  }

  @Test
  void aProcessThatRuns_holds() throws Exception {
    assertThat(isHeldBeside("alone")).isTrue();
  }

  private boolean isHeldBeside(String how) throws IOException, InterruptedException {
    var file = Files.createFile(folder.resolve("running"));
    var other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SharedLook.class.getName(),
                file.toString(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = other.inputReader(UTF_8);
        var _ = other.getOutputStream()) {
      assertThat(out.readLine()).isEqualTo("held");
      return new LocalDisk().isHeld(file);
    } finally {
      other.waitFor();
    }
  }
}
