package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.USER_ROLE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.condition;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.AuditLogConfig.LogType;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StateFileTest {
  @TempDir private Path folder;

  @Test
  void open_absentFile_isTheDemoWorld_andAppearsWithTheFirstChange() throws IOException {
    var file = folder.resolve("state.json");
    try (var google = open(file)) {
      assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
      assertThat(file).doesNotExist();

      google.create("invoker");
      assertThat(file).content().contains("\"kleosIamEmulator\": 1", "invoker@kleos-demo");
    }
    assertThat(names()).containsExactlyInAnyOrder("state.json", "state.json.lock");
  }

  @Test
  void open_absentFile_maySetOutFromAnotherWorld_andAnExistingOneDoesNot() throws IOException {
    var file = folder.resolve("state.json");
    var written = folder.resolve("world.json");
    Files.writeString(
        written, "{\"kleosIamEmulator\": 1, \"projects\": {\"other\": {\"number\": \"7\"}}}");
    try (var emulator = Emulator.start(StateFile.open(file, () -> World.read(written)))) {
      assertThat(emulator.world().ensureProject("other")).isFalse();
      assertThat(emulator.world().ensureProject("third")).isTrue();
    }

    try (var emulator = Emulator.start(StateFile.open(file, World::demo))) {
      assertThat(emulator.world().ensureProject("third")).isFalse();
      assertThat(emulator.world().ensureProject("kleos-demo")).isTrue();
    }
    assertThat(written).content().doesNotContain("third");
  }

  @Test
  void everything_survivesTheEndOfTheEmulator() throws IOException {
    var file = folder.resolve("state.json");
    var until =
        condition("bis \"morgen\" \u2028", "request.time < timestamp(\"2027-01-31T00:00:00Z\")");
    var log =
        AuditLogConfig.newBuilder()
            .setLogType(LogType.DATA_READ)
            .addExemptedMembers("user:bob@example.com");
    var audited =
        policy(
                binding(
                    "roles/browser",
                    until.toBuilder().setDescription("d").build(),
                    "user:a@example.com"))
            .toBuilder()
            .addAuditConfigs(
                AuditConfig.newBuilder().setService("allServices").addAuditLogConfigs(log))
            .build();
    String uid;
    byte[] written;
    try (var google = open(file)) {
      uid = google.create("invoker").getUniqueId();
      google.set(account("invoker"), policy(binding(USER_ROLE, "user:alice@example.com")));
      google.delete("invoker");
      google.create("invoker");
      google.set(
          SERVICE,
          policy(
              binding(
                  "roles/run.invoker",
                  "serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com")));
      google.emulator.world().putPolicy(PROJECT, audited);
      google.emulator.world().ensureService("example.com:p", "europe-west1", "s");
      google.emulator.world().liftLimits();
      written = Files.readAllBytes(file);
    }

    try (var google = open(file)) {
      google.emulator.world().ensureProject("one-more");
      google.delete("invoker");
      google.undelete(uid);
      assertThat(google.get(account("invoker")).getBindingsList())
          .containsExactly(binding(USER_ROLE, "user:alice@example.com"));
      assertThat(google.get(PROJECT).getBindingsList()).isEqualTo(audited.getBindingsList());
      assertThat(google.get(PROJECT).getAuditConfigsList())
          .isEqualTo(audited.getAuditConfigsList());
      assertThat(google.emulator.world().limited()).isFalse();
    }
    assertThat(Google.written(WorldReader.read(written, "written")))
        .isEqualTo(new String(written, UTF_8));
  }

  @Test
  void everySave_writesWhatAFreshWriterWould() throws IOException {
    var file = folder.resolve("state.json");
    try (var google = open(file)) {
      for (var i = 0; i < 5; i++) {
        var id = "account-" + i;
        google.create(id);
        google.set(account(id), policy(binding(USER_ROLE, "user:u" + i + "@example.com")));
        assertThat(file).hasContent(Google.written(google.emulator.world()));
      }
      google.delete("account-2");
      google.disable("account-3");
      assertThat(file).hasContent(Google.written(google.emulator.world()));
      google.emulator.reset();
      assertThat(file).hasContent(Google.written(World.demo()));
    }
  }

  @Test
  void etags_areNotMintedTwice_alsoAcrossRuns() {
    var file = folder.resolve("state.json");
    var first = rewritten(file);
    var second = rewritten(file);

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void save_thatFails_failsTheCallAndChangesNothing() throws IOException {
    var file = folder.resolve("state.json");
    try (var google = open(file)) {
      google.create("invoker");
      var before = google.get(SERVICE);
      Files.delete(file);
      Files.createDirectories(file.resolve("in-the-way"));

      var failure =
          failure(() -> google.set(SERVICE, policy(binding("roles/run.invoker", "allUsers"))));

      assertThat(failure.getStatus().getCode()).isEqualTo(Code.DATA_LOSS);
      assertThat(failure.getStatus().getDescription())
          .contains("state.json: the emulator cannot save its state");
      assertThat(google.get(SERVICE)).isEqualTo(before);
      assertThat(names()).containsExactlyInAnyOrder("state.json", "state.json.lock");
    }
  }

  @Test
  void change_afterClose_isRefused() {
    var file = folder.resolve("state.json");
    var google = open(file);
    google.close();

    assertThatThrownBy(() -> google.emulator.world().ensureProject("late"))
        .isInstanceOf(StateFileException.class)
        .hasMessageContaining("was closed");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version: 1\n",
        "[]",
        "{}",
        "{\"kleosIamEmulator\": 2}",
        "{\"kleosIamEmulator\": \"1\"}",
        "{\"kleosIamEmulator\": 1",
        "{\"kleosIamEmulator\": 1} x",
        "{'kleosIamEmulator': 1}",
        "null"
      })
  void open_fileThatIsNotOurs_isRefusedAndLeftAlone(String content) throws IOException {
    var file = Files.writeString(folder.resolve("plan.yaml"), content);

    assertThatThrownBy(() -> StateFile.open(file))
        .isInstanceOf(StateFileException.class)
        .hasMessageStartingWith(file.toRealPath().toString())
        .hasMessageContaining("use another file");

    assertThat(file).hasContent(content);
    assertThat(names()).containsExactly("plan.yaml");
  }

  @Test
  void open_notUtf8_isRefused() throws IOException {
    var file = Files.write(folder.resolve("state.json"), new byte[] {'{', (byte) 0xff, '}'});

    assertThatThrownBy(() -> StateFile.open(file)).hasMessageContaining("is not UTF-8");
  }

  @Test
  void open_folder_orInAMissingFolder_isRefused() {
    assertThatThrownBy(() -> StateFile.open(folder))
        .isInstanceOf(StateFileException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> StateFile.open(folder.resolve("missing/state.json")))
        .isInstanceOf(StateFileException.class)
        .hasMessageContaining("no such file or folder; create it");
  }

  @Test
  void open_whereItCannotBeLockedOrRead_saysWhatToDo() throws IOException {
    var real = folder.toRealPath();
    Files.createDirectory(real.resolve("state.json.lock"));
    var loop = Files.createSymbolicLink(real.resolve("loop"), Path.of("loop"));

    assertThatThrownBy(() -> StateFile.open(real.resolve("state.json")))
        .isInstanceOf(StateFileException.class)
        .hasMessage(
            real.resolve("state.json.lock")
                + ": cannot lock the state file: Is a directory; make its folder writable, or use a"
                + " state file elsewhere");
    assertThatThrownBy(() -> World.read(loop))
        .isInstanceOf(StateFileException.class)
        .hasMessageStartingWith(loop + ": cannot read the file: ")
        .hasMessageEndingWith("; make it readable, or use another");
  }

  @Test
  void reason_isInWords_notInClasses() {
    assertThat(Reason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void save_keepsThePermissions() throws IOException {
    var file = folder.resolve("state.json");
    try (var google = open(file)) {
      google.create("invoker");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      google.create("another");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  private static Google open(Path file) {
    return new Google(Emulator.start(StateFile.open(file)));
  }

  private static Object rewritten(Path file) {
    try (var google = open(file)) {
      return google.set(SERVICE, policy(binding("roles/run.invoker", "allUsers"))).getEtag();
    }
  }

  private Collection<String> names() {
    try (var files = Files.list(folder)) {
      return List.copyOf(files.map(file -> file.getFileName().toString()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
