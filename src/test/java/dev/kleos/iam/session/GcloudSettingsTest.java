package dev.kleos.iam.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// gcloud's properties as gcloud itself finds them.
class GcloudSettingsTest {
  private static final String DEFAULT = "~/.config/gcloud/configurations/config_default";

  @TempDir private Path home = Path.of("");

  @Test
  void withoutAFolder_nothingIsSet() {
    var settings = settings(Map.of());

    assertThat(settings.account()).isEmpty();
    assertThat(settings.impersonatedAccount()).isEmpty();
  }

  @Test
  void aFileThatCannotBeRead_isTold_andNotTakenForOneWithoutSettings() throws IOException {
    write("config_default", "[core]\naccount = alice@example.com\n");
    assertThat(settings(Map.of()).unreadable()).isEmpty();

    Files.write(
        home.resolve(".config/gcloud/configurations/config_default"), new byte[] {(byte) 0xff});

    assertThat(settings(Map.of()).unreadable()).contains(DEFAULT + " is no text in UTF-8");
    assertThat(settings(Map.of()).account()).isEmpty();
    Files.write(home.resolve(".config/gcloud/active_config"), new byte[] {(byte) 0xff});
    assertThat(settings(Map.of()).unreadable())
        .contains("~/.config/gcloud/active_config is no text in UTF-8");
  }

  @Test
  void whatIsNoFile_isTold_andNotTakenForOneWithoutSettings() throws Exception {
    var configuration = home.resolve(".config/gcloud/configurations/config_default");
    OddFiles.pipe(configuration);
    assertThat(settings(Map.of()).unreadable()).contains(DEFAULT + " is no file");
    Files.delete(configuration);
    Files.createDirectories(configuration);
    assertThat(settings(Map.of()).unreadable()).contains(DEFAULT + " is a folder");
    var active = home.resolve(".config/gcloud/active_config");
    Files.createDirectories(active);
    assertThat(settings(Map.of()).unreadable())
        .contains("~/.config/gcloud/active_config is a folder");
    Files.delete(active);
    OddFiles.circle(active);
    assertThat(settings(Map.of()).unreadable())
        .contains("~/.config/gcloud/active_config cannot be read");
    assertThat(settings(Map.of("CLOUDSDK_ACTIVE_CONFIG_NAME", "other")).unreadable()).isEmpty();
  }

  @Test
  void aFolderThatMayNotBeEntered_isTold() throws IOException {
    write("config_default", "[core]\naccount = alice@example.com\n");
    var folder = home.resolve(".config/gcloud");
    var before = Files.getPosixFilePermissions(folder);
    OddFiles.closed(folder);
    try {
      assumeFalse(Files.isReadable(folder)); // as root may
      assertThat(settings(Map.of()).unreadable())
          .contains("~/.config/gcloud/active_config may not be read");
    } finally {
      Files.setPosixFilePermissions(folder, before);
    }
  }

  /// Whatever is in it, it is read in no time.
  @ParameterizedTest
  @ValueSource(strings = {"a%sb", "[%s", "a =\n%s", " %s = b", "a = b\n b%s"})
  void aFileOfBlanks_holdsNobodyUp(String line) throws IOException {
    for (var blank : List.of(" ", "\t", " \n", "\n x")) {
      write("config_default", line.formatted(blank.repeat(1_000_000 / blank.length())));

      assertThat(assertTimeoutPreemptively(ofSeconds(10), () -> settings(Map.of()).account()))
          .isEmpty();
    }
    write("config_default", " ".repeat((1 << 20) + 1));
    assertThat(settings(Map.of()).unreadable()).contains(DEFAULT + " is too long");
  }

  @Test
  void everyProperty_isFoundWhereGcloudWritesIt() throws IOException {
    write(
        "config_default",
        """
        [core]
        account = alice@example.com
        project = kleos-demo
        custom_ca_certs_file = /ca.pem

        [auth]
        impersonate_service_account = admin@kleos-demo.iam.gserviceaccount.com
        """);

    var settings = settings(Map.of());

    assertThat(settings.account())
        .contains(new Setting("core/account", "alice@example.com", DEFAULT, Optional.empty()));
    assertThat(settings.project().orElseThrow().value()).isEqualTo("kleos-demo");
    assertThat(settings.customCaCertsFile().orElseThrow().value()).isEqualTo("/ca.pem");
    var impersonation = settings.impersonatedAccount().orElseThrow();
    assertThat(impersonation.origin()).isEqualTo(DEFAULT);
  }

  @Test
  void aVariable_overrulesTheFile_andIsNamed_andAnEmptyOneEndsIt() throws IOException {
    write("config_default", "[core]\naccount = alice@example.com\nproject = kleos-demo\n");

    var settings =
        settings(Map.of("CLOUDSDK_CORE_ACCOUNT", "bob@example.com", "CLOUDSDK_CORE_PROJECT", ""));

    var account = settings.account().orElseThrow();
    assertThat(account.value()).isEqualTo("bob@example.com");
    assertThat(account.origin()).isEqualTo("CLOUDSDK_CORE_ACCOUNT");
    assertThat(settings.project()).isEmpty();
  }

  @Test
  void theActiveConfiguration_isTheVariables_elseTheFiles() throws IOException {
    write("config_work", "[core]\naccount = work@example.com\n");
    write("config_play", "[core]\naccount = play@example.com\n");
    Files.writeString(home.resolve(".config/gcloud/active_config"), "work\n");

    assertThat(settings(Map.of()).account().orElseThrow().value()).isEqualTo("work@example.com");
    var other = settings(Map.of("CLOUDSDK_ACTIVE_CONFIG_NAME", "play"));
    assertThat(other.account().orElseThrow().value()).isEqualTo("play@example.com");
  }

  @Test
  void aNameThatIsNone_leadsToNoFile() throws IOException {
    write("config_default", "[core]\naccount = alice@example.com\n");
    Files.writeString(home.resolve("secret"), "[core]\naccount = mallory@example.com\n");

    assertThat(settings(Map.of("CLOUDSDK_ACTIVE_CONFIG_NAME", "NONE")).account()).isEmpty();
    assertThat(settings(Map.of("CLOUDSDK_ACTIVE_CONFIG_NAME", "x/../../../../secret")).account())
        .isEmpty();
  }

  @Test
  void theSyntax_isThatOfPythonsConfigparser() throws IOException {
    write(
        "config_default",
        """
        # a comment
        ; another
        stray = before any section
        [core]
        Account: alice@example.com
        project =
          kleos-demo
        what is this
        [proxy]
        password = a%%b=c # d
        """);

    var settings = settings(Map.of());

    assertThat(settings.account().orElseThrow().value()).isEqualTo("alice@example.com");
    assertThat(settings.project().orElseThrow().value()).isEqualTo("kleos-demo");
    assertThat(settings.proxy("password").orElseThrow().value()).isEqualTo("a%b=c # d");
  }

  @Test
  void aSetting_isPrintedWithoutItsValue() throws IOException {
    write("config_default", "[proxy]\npassword = canary\n");

    assertThat(settings(Map.of()).proxy("password").orElseThrow())
        .hasToString("Setting[proxy/password by " + DEFAULT + "]");
  }

  private GcloudSettings settings(Map<String, String> env) {
    var all = new HashMap<>(env);
    all.put("HOME", home.toString());
    return GcloudSettings.of(all);
  }

  private void write(String name, String content) throws IOException {
    var folder = Files.createDirectories(home.resolve(".config/gcloud/configurations"));
    Files.writeString(folder.resolve(name), content);
  }
}
