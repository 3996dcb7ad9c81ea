package dev.kleos.iam.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.gson.JsonParser;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import dev.kleos.iam.script.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What `exec` and `impersonate` take for granted of gcloud: how it reads the property that is
/// written into its file, and where it does not go by it.
@Execution(ExecutionMode.CONCURRENT)
class GcloudImpersonationTest {
  private static final String ALICE = "alice@example.com";
  private static final String ACCOUNT = Stage.email("kleos-invoker");
  private static final List<String> ID_TOKEN = List.of("gcloud", "auth", "print-identity-token");

  /// In the syntax of Python's `configparser`, where what is indented deeper goes on with a value.
  private static final List<String> CONFIGURATIONS =
      List.of(
          "; mine\r\n[core]\r\nproject: kleos-demo\r\n\r\n",
          "[auth] # mine\n\n[core]\nproject = kleos-demo\n  # more of it\n",
          "[AUTH]\nx = 1\n[core]\naccount = a@b.c\n  [auth]\n",
          "[auth]\n  token_host = https://a.example.com\n[core]\nproject = kleos-demo\n",
          "[auth]\nImpersonate_Service_Account : a@b.c,\n  d@e.f\ntoken_host = x");

  private final GoogleOnLoopback google;
  private final Workplace alices;
  private final String launcher;

  GcloudImpersonationTest(@TempDir Path folder) throws IOException {
    google = GoogleOnLoopback.start(World.demo(), Files.createDirectory(folder.resolve("google")));
    alices = Workplace.of(ALICE, google, Files.createDirectory(folder.resolve("alice")));
    launcher = Installed.in(folder).launcher();
  }

  @BeforeEach
  void furnish() {
    Gcloud.assumeInstalled();
  }

  @AfterEach
  void close() {
    google.close();
  }

  /// So `exec` warns of it.
  @Test
  void printIdentityToken_isTheUsers_whateverTheVariableAndThePropertySay_butForTheFlag()
      throws Exception {
    google.letActAs(ACCOUNT, ALICE);
    alices.logInGcloud(ALICE);

    var byVariable =
        alices.with("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", ACCOUNT).run(ID_TOKEN).done();
    done(launcher, "impersonate", "on", ACCOUNT);
    var byProperty = alices.run(ID_TOKEN).done();
    var byFlag =
        alices
            .run(
                ID_TOKEN,
                List.of(
                    "--impersonate-service-account=" + ACCOUNT,
                    "--audiences=https://a.example.com",
                    "--include-email"))
            .done();

    assertThat(List.of(emailIn(byVariable), emailIn(byProperty), emailIn(byFlag)))
        .containsExactly(ALICE, ALICE, ACCOUNT);
  }

  /// gcloud hands on what stands in the variable as it is.
  @Test
  void exec_throughADelegate_leadsGcloudToTheAccountBehindIt() throws Exception {
    var delegate = Stage.email("delegate");
    google.letActAs(delegate, ALICE);
    google.letActAs(ACCOUNT, delegate);
    google.grant("roles/run.viewer", ACCOUNT);
    alices.logInGcloud(ALICE);

    done(
        launcher,
        "exec",
        "--account",
        ACCOUNT,
        "--delegates",
        delegate,
        "--",
        "gcloud",
        "run",
        "services",
        "list",
        "--project=kleos-demo");

    assertThat(google.emulator().calls().all())
        .filteredOn(call -> call.is("ListServices"))
        .extracting(Call::caller)
        .containsOnly(ACCOUNT);
  }

  @Test
  void on_changesNothingButThatPropertyForGcloud_howeverTheFileIsWritten_andOffPutsItBack()
      throws Exception {
    for (var i = 0; i < CONFIGURATIONS.size(); i++) {
      var before = CONFIGURATIONS.get(i);
      var file = configure("default", before);
      done(launcher, "impersonate", "on", ACCOUNT);
      configure("before-" + i, before);
      configure("after-" + i, Files.readString(file));
      alices.run(List.of(launcher, "impersonate", "off"));
      assertThat(file).content().isEqualTo(before);
    }

    var read = configurations();

    for (var i = 0; i < CONFIGURATIONS.size(); i++) {
      var wanted = new TreeMap<>(read.get("before-" + i));
      wanted.put("auth/impersonate_service_account", ACCOUNT);
      assertThat(read.get("after-" + i)).as(CONFIGURATIONS.get(i)).isEqualTo(wanted);
    }
  }

  @Test
  void off_whereGcloudHasWrittenTheFileSince_takesOutTheImpersonationAlone() throws Exception {
    var file = configure("default", "# mine\n[core]\naccount = alice@example.com\n");
    done(launcher, "impersonate", "on", ACCOUNT);
    done("gcloud", "config", "set", "core/disable_usage_reporting", "true");

    done(launcher, "impersonate", "off");

    assertThat(file)
        .content()
        .contains("account = alice@example.com\ndisable_usage_reporting = true\n")
        .doesNotContain("impersonate");
  }

  private Path configure(String name, String content) throws IOException {
    var gcloud = alices.home().resolve(".config/gcloud");
    CredentialFiles.write(gcloud.resolve("active_config"), "default");
    return CredentialFiles.write(gcloud.resolve("configurations/config_" + name), content);
  }

  /// The properties that gcloud finds in each, by its name.
  private Map<String, Map<String, String>> configurations() throws Exception {
    var found = new HashMap<String, Map<String, String>>();
    var listed = done("gcloud", "config", "configurations", "list", "--format=json");
    for (var each : JsonParser.parseString(listed).getAsJsonArray()) {
      var configuration = each.getAsJsonObject();
      var properties = new TreeMap<String, String>();
      configuration
          .getAsJsonObject("properties")
          .asMap()
          .forEach((section, options) ->
              options
                  .getAsJsonObject()
                  .asMap()
                  .forEach((name, value) -> {
                    if (!value.isJsonNull()) {
                      properties.put(section + "/" + name, value.getAsString());
                    }
                  }));
      found.put(configuration.get("name").getAsString(), properties);
    }
    return found;
  }

  private String done(String... command) throws Exception {
    return alices.run(List.of(command)).done();
  }

  private static String emailIn(String idToken) {
    var claims = Base64.getUrlDecoder().decode(Splitter.on('.').splitToList(idToken).get(1));
    return JsonParser.parseString(new String(claims, UTF_8))
        .getAsJsonObject()
        .get("email")
        .getAsString();
  }
}
