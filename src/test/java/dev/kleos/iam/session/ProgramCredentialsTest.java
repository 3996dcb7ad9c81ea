package dev.kleos.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCredentialsTest {
  private static final String INVOKER = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";
  private static final String LOGIN =
      GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo");

  @TempDir private Path root = Path.of("");

  @Test
  void ofALogin_theFileIsGcloudsForAnImpersonation_byThatLogin() throws IOException {
    try (var made = ofGoogle(LOGIN, List.of())) {
      var file = json(made);

      assertThat(file.get("type").getAsString()).isEqualTo("impersonated_service_account");
      assertThat(file.get("service_account_impersonation_url").getAsString())
          .isEqualTo(
              "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
                  + INVOKER
                  + ":generateAccessToken");
      assertThat(file.get("source_credentials")).isEqualTo(JsonParser.parseString(LOGIN));
      assertThat(file.getAsJsonArray("delegates")).isEmpty();
      assertThat(file.has("quota_project_id")).isFalse();
      assertThat(made.env())
          .containsEntry("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", INVOKER)
          .containsEntry("HOME", home().toString());
    }
  }

  /// So that what reads such files finds nothing to complain of.
  @Test
  void whatIsWritten_isReadAsWhatItIs() throws IOException {
    for (var own : List.of(LOGIN, CredentialFiles.key("ci@kleos-demo.iam.gserviceaccount.com"))) {
      try (var made = ofGoogle(own, List.of("first@kleos-demo.iam.gserviceaccount.com"))) {
        var found = (AdcFile.Found) AdcFile.find(made.env());

        assertThat(found.credential().kind()).isEqualTo(Kind.IMPERSONATION);
        assertThat(found.credential().impersonated()).contains(INVOKER);
        assertThat(found.leftAside())
            .containsExactly("first@kleos-demo.iam.gserviceaccount.com", INVOKER);
        assertThat(made.env())
            .containsEntry(
                "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
                "projects/-/serviceAccounts/first@kleos-demo.iam.gserviceaccount.com," + INVOKER);
      }
    }
  }

  /// Also where it is told by a variable, which would make libraries count the account's calls for
  /// it, who need not be allowed to.
  @Test
  void aQuotaProject_countsTheLoginsCalls_andNotTheAccounts() throws IOException {
    try (var made = ofGoogle(LOGIN, List.of(), Map.of("GOOGLE_CLOUD_QUOTA_PROJECT", "billing"))) {
      var file = json(made);

      assertThat(file.getAsJsonObject("source_credentials").get("quota_project_id").getAsString())
          .isEqualTo("billing");
      assertThat(file.has("quota_project_id")).isFalse();
      assertThat(made.env()).doesNotContainKey("GOOGLE_CLOUD_QUOTA_PROJECT");
    }
  }

  @Test
  void whoeverIsBehindAnImpersonation_impersonates() throws IOException {
    var before =
        CredentialFiles.impersonating("other@kleos-demo.iam.gserviceaccount.com", "[]", LOGIN);
    try (var made = ofGoogle(before, List.of())) {
      assertThat(json(made).get("source_credentials")).isEqualTo(JsonParser.parseString(LOGIN));
    }
  }

  @Test
  void aWorkloadOfAnotherProvider_namesTheAccountItself() throws IOException {
    var pool = "projects/1/locations/global/workloadIdentityPools/ci/providers/p";
    try (var made = ofGoogle(CredentialFiles.federation(pool), List.of())) {
      var found = (AdcFile.Found) AdcFile.find(made.env());

      assertThat(found.credential().kind()).isEqualTo(Kind.FEDERATION);
      assertThat(found.credential().impersonated()).contains(INVOKER);
    }
  }

  @Test
  void whatNoLibraryCanGoOnFrom_isRefused_withoutAFile() {
    assertThatThrownBy(() -> ofGoogle(CredentialFiles.workforceLogin(), List.of()).close())
        .isInstanceOf(BrokenSettingException.class)
        .hasMessage(
            "~/.config/gcloud/application_default_credentials.json is no login or key, so that"
                + " Google's libraries cannot go on from it as "
                + INVOKER
                + ".");
    assertThat(root.resolve("exec")).doesNotExist();
  }

  @Test
  void withoutALogin_gcloudAloneCanImpersonate() throws IOException {
    var env = Map.of("HOME", home().toString());
    assertThatThrownBy(() -> of(env, false).close())
        .isInstanceOf(BrokenSettingException.class)
        .hasMessageContaining(
            "application_default_credentials.json by which programs could act as");
    try (var made = of(env, true)) {
      assertThat(made.env())
          .containsEntry("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", INVOKER)
          .doesNotContainKey(VARIABLE);
    }
  }

  @Test
  void onAnEmulator_noFileOfTheRealLogin_isRead() throws IOException {
    var env = new HashMap<>(Map.of("HOME", home().toString(), "no_proxy", "example.com"));
    CredentialFiles.write(
        home().resolve(".config/gcloud/application_default_credentials.json"), "{not json");
    try (var made =
        ProgramCredentials.ofEmulator(
            env,
            "127.0.0.1:8085",
            "alice@example.com",
            "kleos-demo",
            INVOKER,
            root.resolve("exec"))) {
      assertThat(json(made).get("token_url").getAsString())
          .isEqualTo("http://127.0.0.1:8085/_emulator/accounts/" + INVOKER + "/token");
      assertThat(made.env())
          .containsEntry("CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN", "http://127.0.0.1:8085/")
          .containsEntry("CLOUDSDK_AUTH_ACCESS_TOKEN", "alice@example.com")
          .containsEntry("CLOUDSDK_CORE_PROJECT", "kleos-demo")
          .containsEntry("no_proxy", "example.com,127.0.0.1")
          .containsEntry("NO_PROXY", "127.0.0.1");
      assertThat(made.env().get("CLOUDSDK_CONFIG")).startsWith(root.resolve("exec").toString());
    }
  }

  private ProgramCredentials ofGoogle(String own, List<String> through) throws IOException {
    return ofGoogle(own, through, Map.of());
  }

  private ProgramCredentials ofGoogle(String own, List<String> through, Map<String, String> more)
      throws IOException {
    CredentialFiles.write(
        home().resolve(".config/gcloud/application_default_credentials.json"), own);
    var env = new HashMap<>(more);
    env.put("HOME", home().toString());
    return ProgramCredentials.ofGoogle(env, INVOKER, through, root.resolve("exec"), false);
  }

  private ProgramCredentials of(Map<String, String> env, boolean gcloudAlone) throws IOException {
    return ProgramCredentials.ofGoogle(env, INVOKER, List.of(), root.resolve("exec"), gcloudAlone);
  }

  private static JsonObject json(ProgramCredentials made) throws IOException {
    var file = Path.of(Objects.requireNonNull(made.env().get(VARIABLE)));
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private Path home() {
    return root.resolve("home");
  }
}
