package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import dev.kleos.iam.session.PutBack.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens between on and off, every file is as before, or has what somebody else wrote.
class LastingImpersonationTest {
  private static final String INVOKER = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String OTHER = "other@kleos-demo.iam.gserviceaccount.com";
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");
  private static final String CONFIGURATION = "# mine\r\n[core]\r\naccount = alice@example.com";
  private static final String LOGIN =
      GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo");

  @TempDir private Path root = Path.of("");
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void files() throws IOException {
    env.put("HOME", root.toString());
    CredentialFiles.write(configuration(), CONFIGURATION);
    CredentialFiles.write(adc(), LOGIN);
    CredentialFiles.write(gcloud("active_config"), "default");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void off_putsEveryFileBack_byteForByte(boolean programs) throws IOException {
    Files.setPosixFilePermissions(configuration(), PosixFilePermissions.fromString("rw-r-----"));
    var before = snapshot();

    lasting().on(INVOKER, programs, NOW);

    assertThat(WhoActs.now(env, lasting()).gcloud()).map(Setting::value).contains(INVOKER);
    assertThat(WhoActs.programs(AdcFile.find(env)).isPresent()).isEqualTo(programs);
    assertThat(lasting().off()).extracting(PutBack::how).containsOnly(How.AS_BEFORE);
    assertThat(snapshot()).isEqualTo(before);
    assertThat(lasting().current()).isEmpty();
    assertThat(kept()).isEmpty();
  }

  /// gcloud would make its configuration anew, and empty, where it was never started.
  @Test
  void whereGcloudWasNeverStarted_itsFilesAreMade_andTakenAwayAgain() throws IOException {
    Files.delete(configuration());
    Files.delete(gcloud("active_config"));
    var before = snapshot();

    lasting().on(INVOKER, false, NOW);

    assertThat(configuration()).content().contains(INVOKER);
    assertThat(gcloud("active_config")).hasContent("default");
    lasting().off();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void aSymbolicLink_staysOne() throws IOException {
    var real = Files.move(configuration(), root.resolve("dotfiles"));
    Files.createSymbolicLink(configuration(), real);

    lasting().on(INVOKER, false, NOW);
    assertThat(real).content().contains(INVOKER);
    lasting().off();

    assertThat(configuration()).isSymbolicLink();
    assertThat(real).hasContent(CONFIGURATION);
  }

  /// Of each moment at which the process may have been killed.
  @Test
  void whereItWasKilledInBetween_offPutsBackWhatWasChangedByThen() throws IOException {
    var before = snapshot();
    lasting().on(INVOKER, true, NOW);
    var after = snapshot();

    for (var changed :
        List.of(List.of(), List.of(configuration()), List.of(configuration(), adc()))) {
      for (var file : List.of(configuration(), adc())) {
        var content = changed.contains(file) ? after : before;
        Files.writeString(file, content.getOrDefault(file.toString(), "").substring(10));
      }

      lasting().off();

      assertThat(snapshot()).isEqualTo(before);
      lasting().on(INVOKER, true, NOW);
    }
  }

  @Test
  void whatSomebodyHasEditedSince_keepsTheEdit_andLosesTheAccountAlone() throws IOException {
    lasting().on(INVOKER, false, NOW);
    Files.writeString(
        configuration(), Files.readString(configuration()) + "[run]\r\nregion = x\r\n");

    assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.ACCOUNT_TAKEN_OUT);

    assertThat(configuration()).hasContent(CONFIGURATION + "\r\n[auth]\r\n[run]\r\nregion = x\r\n");
  }

  @Test
  void whatSomebodySetToAnotherAccountSince_isTheirs() throws IOException {
    lasting().on(INVOKER, false, NOW);
    var theirs = Files.readString(configuration()).replace(INVOKER, OTHER);
    Files.writeString(configuration(), theirs);

    assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.LEFT);

    assertThat(configuration()).hasContent(theirs);
    assertThat(lasting().current()).isEmpty();
  }

  @Test
  void whatWasSetBefore_isSetAgain_alsoWhereTheFileWasEditedSince() throws IOException {
    Files.writeString(configuration(), "[auth]\nimpersonate_service_account = " + OTHER + "\n");
    lasting().on(INVOKER, false, NOW);
    Files.writeString(configuration(), Files.readString(configuration()) + "[run]\nregion = x\n");

    lasting().off();

    assertThat(configuration())
        .hasContent("[auth]\nimpersonate_service_account = " + OTHER + "\n[run]\nregion = x\n");
  }

  /// A login that gcloud makes while it impersonates is one that does, and a newer one.
  @Test
  void aLoginSince_stays_withoutTheImpersonation() throws IOException {
    var fresh = GoogleOnLoopback.login("alice@example.com", "fresh@example.com", "");
    for (var programs : List.of(false, true)) {
      Files.writeString(adc(), LOGIN);
      lasting().on(INVOKER, programs, NOW);
      Files.writeString(adc(), CredentialFiles.impersonating(INVOKER, "[]", fresh));

      assertThat(lasting().off()).extracting(PutBack::how).contains(How.ACCOUNT_TAKEN_OUT);

      assertThat(WhoActs.programs(AdcFile.find(env))).isEmpty();
      assertThat(adc()).content().contains("fresh@example.com");
    }
  }

  @Test
  void programsThatImpersonatedItBefore_goOn() throws IOException {
    Files.writeString(adc(), CredentialFiles.impersonating(INVOKER, "[]", LOGIN));
    var before = snapshot();

    lasting().on(INVOKER, false, NOW);
    lasting().off();

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void aFileThatWasRemovedSince_isNotMadeAgain() throws IOException {
    lasting().on(INVOKER, true, NOW);
    Files.delete(adc()); // as gcloud auth application-default revoke does

    assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.AS_BEFORE, How.GONE);

    assertThat(adc()).doesNotExist();
  }

  @Test
  void onOnceMore_keepsWhatWasThereBeforeTheFirst_andSinceWhen() throws IOException {
    var before = snapshot();
    lasting().on(INVOKER, false, NOW);

    var again = lasting().on(INVOKER, true, NOW.plusSeconds(60));
    assertThat(again.since()).isEqualTo(NOW);
    var other = lasting().on(OTHER, true, NOW.plusSeconds(120));
    assertThat(other.since()).isEqualTo(NOW.plusSeconds(120));
    lasting().off();

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void whatStandsBeforeTheFile_isNamed_andNothingIsChanged() throws IOException {
    var before = snapshot();
    refused("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", OTHER, "stands before gcloud's");
    refused("CLOUDSDK_ACTIVE_CONFIG_NAME", "NONE", "gcloud works without a configuration");
    refused("GOOGLE_APPLICATION_CREDENTIALS", adc().toString(), "which programs use instead");

    assertThat(snapshot()).isEqualTo(before);
    assertThat(lasting().current()).isEmpty();
  }

  @Test
  void withoutALogin_programsCannotImpersonate_andGcloudIsNotChanged() throws IOException {
    Files.delete(adc());
    var before = snapshot();

    assertThatThrownBy(() -> lasting().on(INVOKER, true, NOW))
        .isInstanceOf(BrokenSettingException.class)
        .hasMessageContaining("by which programs act");

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void whereAFileCannotBeWritten_nothingIsOn() throws IOException {
    Files.delete(configuration());
    Files.delete(gcloud("configurations"));
    Files.writeString(gcloud("configurations"), "a file in the way");
    var before = snapshot();

    assertThatThrownBy(() -> lasting().on(INVOKER, true, NOW))
        .isInstanceOf(BrokenSettingException.class)
        .hasMessageContaining("configurations");

    assertThat(snapshot()).isEqualTo(before);
    assertThat(lasting().current()).isEmpty();
  }

  @Test
  void aDamagedRecord_isSaid_andWhatWasThereBeforeStays() throws IOException {
    lasting().on(INVOKER, false, NOW);
    for (var damaged : List.of("", "{", "{}", "[]", "{\"kleosIamImpersonation\": 2}", "null")) {
      Files.writeString(root.resolve("state/on.json"), damaged);

      assertThatThrownBy(() -> lasting().off())
          .isInstanceOf(BrokenSettingException.class)
          .hasMessage("~/state/on.json is damaged.");
    }
    assertThat(root.resolve("state/kept-1")).hasContent(CONFIGURATION);
  }

  /// Else a file would be removed that somebody had.
  @Test
  void whereWhatWasKeptIsGone_orAnother_theAccountAloneIsTakenOut() throws IOException {
    var kept = root.resolve("state/kept-1");
    for (var change :
        List.<Change>of(() -> Files.delete(kept), () -> Files.writeString(kept, "x"))) {
      Files.writeString(configuration(), CONFIGURATION);
      lasting().on(INVOKER, false, NOW);
      change.make();

      assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.ACCOUNT_TAKEN_OUT);

      assertThat(configuration()).hasContent(CONFIGURATION + "\r\n[auth]\r\n");
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  @Test
  void whatWasSetByHand_isTakenOut() throws IOException {
    Files.writeString(
        configuration(), "[core]\n[auth]\nimpersonate_service_account = " + OTHER + "\n");

    assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.ACCOUNT_TAKEN_OUT);

    assertThat(configuration()).hasContent("[core]\n[auth]\n");
    assertThat(lasting().off()).isEmpty();
  }

  /// As `sudo gcloud auth application-default login` leaves it, or worse.
  @Test
  void aCredentialFileThatCannotBeRead_keepsNobodyFromSwitchingOff() throws IOException {
    lasting().on(INVOKER, false, NOW);
    Files.delete(adc());
    Files.createDirectory(adc());

    assertThat(lasting().off()).extracting(PutBack::how).containsExactly(How.AS_BEFORE);

    assertThat(configuration()).hasContent(CONFIGURATION);
  }

  /// It may hold a login's secrets.
  @Test
  void whatAKillLeft_beforeItWasOn_orWhileAFileWasWritten_isSwept() throws IOException {
    Files.createDirectories(root.resolve("state"));
    Files.writeString(root.resolve("state/kept-1"), LOGIN);
    Files.writeString(root.resolve("state/.kept-2.17.new"), LOGIN);
    assertThat(lasting().off()).isEmpty();
    assertThat(kept()).isEmpty();

    lasting().on(INVOKER, true, NOW);
    var before = snapshot();
    Files.writeString(gcloud(".application_default_credentials.json.kleos-iam-new"), LOGIN);
    lasting().off();

    assertThat(snapshot().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void twoAtOnce_areToldOfEachOther() throws IOException {
    var disk = new LocalDisk();
    disk.makeFolders(root.resolve("state"));
    try (var _ = disk.hold(root.resolve("state/lock"))) {
      assertThatThrownBy(() -> lasting().on(INVOKER, false, NOW))
          .isInstanceOf(BrokenSettingException.class)
          .hasMessageContaining("another kleos-iam impersonate is under way");
    }
  }

  @Test
  void onlyItsOwner_mayReadWhatIsKept() throws IOException {
    lasting().on(INVOKER, true, NOW);

    assertThat(kept()).isNotEmpty();
    for (var file : kept()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("state"))))
        .isEqualTo("rwx------");
  }

  private void refused(String variable, String value, String why) {
    env.put(variable, value);
    assertThatThrownBy(() -> lasting().on(INVOKER, true, NOW))
        .isInstanceOf(BrokenSettingException.class)
        .hasMessageContaining(why);
    env.remove(variable);
  }

  /// Of each file of the home but what is written down: permissions and content.
  private Map<String, String> snapshot() throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(root.resolve(".config"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            file.toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                + " "
                + new String(Files.readAllBytes(file), UTF_8));
      }
    }
    return all;
  }

  private List<Path> kept() throws IOException {
    var kept = new ArrayList<Path>();
    try (var files = Files.list(root.resolve("state"))) {
      files.filter(file -> !file.endsWith("lock")).forEach(kept::add);
    }
    return kept;
  }

  private LastingImpersonation lasting() {
    return new LastingImpersonation(env, root.resolve("state"));
  }

  private Path configuration() {
    return gcloud("configurations/config_default");
  }

  private Path adc() {
    return gcloud("application_default_credentials.json");
  }

  private Path gcloud(String name) {
    return root.resolve(".config/gcloud").resolve(name);
  }
}
