package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryCredentialTest {
  private static final byte[] SECRET = "secret".getBytes(UTF_8);

  @TempDir private Path root = Path.of("");

  @Test
  void onlyItsOwner_mayReadIt_orEnterItsFolder() throws IOException {
    try (var made = TemporaryCredential.make(root.resolve("state/exec"))) {
      var file = made.write("adc.json", SECRET);

      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(permissions(made.folder())).isEqualTo("rwx------");
      assertThat(permissions(root.resolve("state/exec"))).isEqualTo("rwx------");
      assertThat(file).hasBinaryContent(SECRET);
    }
  }

  @Test
  void nothingIsLeft_onceItIsClosed_whateverTheProgramPutThere() throws IOException {
    var below = root.resolve("exec");
    try (var made = TemporaryCredential.make(below)) {
      made.write("adc.json", SECRET);
      Files.createDirectories(made.folder().resolve("gcloud/logs"));
      Files.writeString(made.folder().resolve("gcloud/logs/log"), "words");
    }

    assertThat(names(below)).isEmpty();
  }

  @Test
  void aSweep_removesWhatAKilledProcessLeft_andNothingThatIsInUse() throws IOException {
    var below = root.resolve("exec");
    try (var inUse = TemporaryCredential.make(below)) {
      inUse.write("adc.json", SECRET);
      var left = Files.createDirectory(below.resolve("1-1"));
      Files.writeString(left.resolve("adc.json"), "left");
      Files.createFile(left.resolve("running"));

      TemporaryCredential.sweep(below, Instant.now());

      assertThat(names(below)).containsExactly(inUse.folder().getFileName().toString());
      assertThat(inUse.folder().resolve("adc.json")).hasBinaryContent(SECRET);
    }
  }

  /// It is not known yet whether somebody holds it.
  @Test
  void whatIsBeingMade_isLeftForAMinute() throws IOException {
    var below = root.resolve("exec");
    Files.createDirectories(below.resolve(".new-2-2"));

    TemporaryCredential.sweep(below, Instant.now());
    assertThat(names(below)).containsExactly(".new-2-2");
    TemporaryCredential.sweep(below, Instant.now().plus(Duration.ofMinutes(2)));

    assertThat(names(below)).isEmpty();
  }

  @Test
  void whereNothingWasEverMade_aSweepMakesNothing() {
    TemporaryCredential.sweep(root.resolve("exec"), Instant.now());

    assertThat(root.resolve("exec")).doesNotExist();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
