package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.planfile.PlanFileWriter.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFileWriterTest {
  private static final String NAME = "plans/kleos.yaml";
  private static final String OLD = "# old\r\n";
  private static final String NEW = "\ufeff# new, longer\r\n# é";
  private static final Result REPLACED = new Result.Replaced();

  @TempDir private Path directory;
  private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectory(directory.resolve("plans"));
    file = Files.writeString(folder.resolve("kleos.yaml"), OLD);
  }

  @AfterEach
  void makeDeletable() throws IOException {
    allow(folder, "rwxr-xr-x");
  }

  @Test
  void replace_ofWhatWasRead_putsEveryByteInPlace_andNothingBeside() throws IOException {
    assertThat(writer().obstacle(NAME)).isEmpty();

    assertThat(replace(OLD)).isEqualTo(REPLACED);

    assertThat(Files.readString(file)).isEqualTo(NEW);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_ofAnAbsoluteName_doesTheSame() throws IOException {
    assertThat(replace(file.toString(), OLD)).isEqualTo(REPLACED);

    assertThat(Files.readString(file)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-------", "rw-rw-rw-", "rwxr-x--x", "r---w----"})
  void replace_keepsThePermissions(String permissions) throws IOException {
    allow(file, permissions);
    assumeTrue(Files.isReadable(file) && Files.isWritable(file));

    assertThat(replace(OLD)).isEqualTo(REPLACED);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @Test
  void replace_byRoot_keepsOwnerAndGroup() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"));
    Files.setAttribute(file, "unix:uid", 12_345);
    Files.setAttribute(file, "unix:gid", 23_456);

    assertThat(replace(OLD)).isEqualTo(REPLACED);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12_345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23_456);
    assertThat(Files.readAttributes(file, PosixFileAttributes.class).permissions()).isNotEmpty();
  }

  // Rivals

  @ParameterizedTest
  @ValueSource(strings = {"# dlo\r\n", "# somebody else's\n", ""})
  void replace_afterARivalsEdit_isChanged_andWritesNothing(String rivals) throws IOException {
    Files.writeString(file, rivals);

    assertThat(replace(OLD))
        .isInstanceOfSatisfying(
            Result.Changed.class,
            changed -> {
              assertThat(changed.now().name()).isEqualTo(NAME);
              assertThat(changed.now().bytes()).asString().isEqualTo(rivals);
            });

    assertThat(Files.readString(file)).isEqualTo(rivals);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replace_whenTheFileHasGrownBeyondAnyPlan_isFailed() throws IOException {
    Files.write(file, new byte[(1 << 20) + 1]);

    assertThat(replace(OLD))
        .isEqualTo(
            new Result.Failed(
                NAME
                    + ": the file is larger than 1 MiB; this is no plan, or it is time to split"
                    + " it"));
  }

  @Test
  void replace_afterACrash_removesWhatItLeft_whichIsNeverTakenForAPlan() throws IOException {
    var left = Files.writeString(folder.resolve(".kleos.yaml.kleos-iam-new"), "# half");
    assertThat(PlanSources.find(directory, List.of("plans")))
        .extracting(PlanSource::name)
        .containsExactly(NAME);

    assertThat(replace(OLD)).isEqualTo(REPLACED);

    assertThat(left).doesNotExist();
    assertThat(Files.readString(file)).isEqualTo(NEW);
  }

  @Test
  void replace_whenInterrupted_isFailed_andWritesNothing() throws IOException {
    Thread.currentThread().interrupt();

    var result = replace(OLD);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result)
        .isEqualTo(
            new Result.Failed(
                NAME + " is not saved, because that was interrupted: run the same command again"));
    assertThat(Files.readString(file)).isEqualTo(OLD);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  // Symbolic links

  @ParameterizedTest
  @ValueSource(strings = {"kleos.yaml", "../plans/kleos.yaml", "second.yaml"})
  void replace_throughALinkInsideTheFolder_writesTheTarget_andKeepsTheLink(String target)
      throws IOException {
    Files.createSymbolicLink(folder.resolve("second.yaml"), Path.of("kleos.yaml"));
    var link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of(target));

    assertThat(replace("plans/link.yaml", OLD)).isEqualTo(REPLACED);

    assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of(target));
    assertThat(file).isRegularFile();
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.readString(file)).isEqualTo(NEW);
  }

  @Test
  void replace_throughALinkToBelowTheFolder_writesBesideTheTarget() throws IOException {
    var below = Files.createDirectory(folder.resolve("below"));
    var target = Files.writeString(below.resolve("team.yaml"), OLD);
    Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("below/team.yaml"));

    assertThat(replace("plans/link.yaml", OLD)).isEqualTo(REPLACED);

    assertThat(Files.readString(target)).isEqualTo(NEW);
    assertThat(below).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void replace_throughALinkOutOfTheFolder_isRefused() throws IOException {
    var target = Files.writeString(directory.resolve("plans-of-others.yaml"), OLD);
    Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("../plans-of-others.yaml"));

    assertRefused(
        "plans/link.yaml",
        "plans/link.yaml is a symbolic link out of its folder, to "
            + target.toRealPath()
            + ": name that file itself");
    assertThat(Files.readString(target)).isEqualTo(OLD);
  }

  @Test
  void replace_inALinkedFolder_followsIt() throws IOException {
    Files.createSymbolicLink(directory.resolve("linked"), folder);

    assertThat(replace("linked/kleos.yaml", OLD)).isEqualTo(REPLACED);

    assertThat(Files.readString(file)).isEqualTo(NEW);
  }

  // What cannot be written

  @ParameterizedTest
  @ValueSource(strings = {"r--r--r--", "r-xr-xr-x", "r--------"})
  void replace_ofAFileWithoutAnyWriteBit_isRefused_alsoForRoot(String permissions)
      throws IOException {
    allow(file, permissions);

    assertRefused(NAME, NAME + " is read-only: make it writable");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @Test
  void replace_inAFolderWithoutAnyWriteBit_isRefused_alsoForRoot() throws IOException {
    allow(folder, "r-xr-xr-x");

    assertRefused(NAME, "the folder of " + NAME + " is read-only: make it writable");
  }

  @Test
  void replace_ofWhatIsGone_isFailed() throws IOException {
    Files.delete(file);

    assertFailed(NAME, NAME + " is not there any more: restore it");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replace_ofALinkToNothing_orToItself_isFailed() throws IOException {
    Files.createSymbolicLink(folder.resolve("nowhere.yaml"), Path.of("nothing.yaml"));
    Files.createSymbolicLink(folder.resolve("itself.yaml"), Path.of("itself.yaml"));

    assertFailed("plans/nowhere.yaml", "plans/nowhere.yaml is not there any more: restore it");
    assertThat(writer().obstacle("plans/itself.yaml"))
        .hasValueSatisfying(why ->
            assertThat(why)
                .startsWith("plans/itself.yaml cannot be saved (Too many levels of symbolic links")
                .endsWith("): see to that and run the same command again"));
  }

  @Test
  void replace_ofAFolderInItsPlace_isFailed() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);

    assertFailed(NAME, NAME + " is not a regular file: name a YAML file");
  }

  /// Who puts a folder where the temporary file belongs is told so, and keeps it.
  @Test
  void replace_whenTheTemporaryFileCannotBeWritten_isFailed() throws IOException {
    var inTheWay = Files.createDirectory(folder.resolve(".kleos.yaml.kleos-iam-new"));
    Files.writeString(inTheWay.resolve("x"), "");

    assertThat(replace(OLD))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.why()).startsWith(NAME + " cannot be saved ("));
    assertThat(Files.readString(file)).isEqualTo(OLD);
    assertThat(inTheWay).isNotEmptyDirectory();
  }

  @Test
  void replace_ofOneFileByAnother_isAFaultOfOurs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> writer().replace(PlanSource.of(NAME, OLD), PlanSource.of("other.yaml", NEW)))
        .withMessage("plans/kleos.yaml cannot become other.yaml");
  }

  private void assertRefused(String name, String why) throws IOException {
    assertFailed(name, why);
    assertThat(Files.readString(file)).isEqualTo(OLD);
  }

  /// The same is said before, and when it comes to it.
  private void assertFailed(String name, String why) {
    assertThat(writer().obstacle(name)).contains(why);
    assertThat(replace(name, OLD)).isEqualTo(new Result.Failed(why));
  }

  private Result replace(String expected) {
    return replace(NAME, expected);
  }

  private Result replace(String name, String expected) {
    return writer().replace(PlanSource.of(name, expected), PlanSource.of(name, NEW));
  }

  private PlanFileWriter writer() {
    return new PlanFileWriter(directory);
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
