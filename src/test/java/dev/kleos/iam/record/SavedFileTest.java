package dev.kleos.iam.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {
  private static final SavedChanges CHANGES =
      new SavedChanges(
          new SavedChanges.Header(
              Instant.EPOCH,
              Instant.EPOCH.plus(SavedChanges.LIFETIME),
              "Google Cloud",
              "",
              "1",
              List.of(),
              new SavedChanges.Said(25, 10, 20, List.of()),
              List.of()),
          new DesiredState(List.of(), List.of(), Map.of()),
          Map.of(),
          ChangeSet.EMPTY);

  @TempDir private Path folder = Path.of("");

  @Test
  void onlyItsOwnerMayRead_whatWasSaved_alsoWhereItReplacesAnOpenFile() throws Exception {
    var path = folder.resolve("changes.json");
    var sha256 = file(path).save(CHANGES);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(file(path).obstacle()).isEmpty();
    assertThat(file(path).save(CHANGES)).isEqualTo(sha256);

    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file(path).read()).contains(new SavedFile.Read(CHANGES, sha256));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aFileOfAnythingElse_isNotReplaced() throws Exception {
    var plan = Files.writeString(folder.resolve("plan.yaml"), "version: 1\n");
    var target = Files.createDirectory(folder.resolve("plans"));

    assertThat(file(plan).obstacle()).get().asString().contains("is not replaced");
    assertThat(file(target).obstacle()).get().asString().contains("is not replaced");
    assertThat(file(folder.resolve("nowhere/x")).obstacle()).contains("there is no folder for it");
  }

  @Test
  void savedChangesThatAreDamaged_areReplaced_andNotRead() throws Exception {
    var path = folder.resolve("changes.json");
    file(path).save(CHANGES);
    Files.writeString(path, Files.readString(path).substring(0, 60));

    assertThatThrownBy(() -> file(path).read()).isInstanceOf(DocumentException.class);
    assertThat(file(path).obstacle()).isEmpty();
  }

  @Test
  void whatIsNotThere_isNothing_andAFolderIsRefused() {
    assertThat(file(folder.resolve("none")).read()).isEmpty();
    assertThatThrownBy(() -> file(folder).read()).isInstanceOf(DocumentException.class);
  }

  private static SavedFile file(Path path) {
    return new SavedFile(new LocalDisk(), path);
  }
}
