package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.session.LastingImpersonation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  private static final String INVOKER = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";

  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  @TempDir private Path home = Path.of("");

  /// As in Cloud Shell.
  @Test
  void anImpersonationLeftOn_isSaid_alsoWhereThereIsNoCredentialFile() {
    var env =
        Map.of(
            "HOME",
            home.toString(),
            "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
            "ci@kleos-demo.iam.gserviceaccount.com");

    var steps = machine(env, Optional.empty()).look();

    assertThat(steps)
        .contains(
            Step.broken(
                Stage.IMPERSONATION_OFF,
                "left on: gcloud acts as ci@kleos-demo.iam.gserviceaccount.com in all it does",
                Remedy.Shell.of("unset", "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT")));
  }

  /// A workload of another provider is the account that its file names, and nobody switched that
  /// on.
  @Test
  void aFederation_isNoImpersonationLeftOn() throws IOException {
    var steps =
        look(
            """
            {"type": "external_account",
             "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/p",
             "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
             "token_url": "https://sts.googleapis.com/v1/token",
             "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/ci-job@kleos-demo.iam.gserviceaccount.com:generateAccessToken",
             "credential_source": {"file": "/var/run/token"}}
            """);

    assertThat(steps)
        .contains(Step.fine(Stage.IMPERSONATION_OFF, "off"))
        .noneMatch(Step::isBroken)
        .first()
        .extracting(Step::finding)
        .asString()
        .startsWith("workload identity federation as ci-job@kleos-demo.iam.gserviceaccount.com (");
  }

  /// The road is gone as the login behind it; gcloud sets no quota project in such a file.
  @Test
  void aLoginBehindAnImpersonation_needsAQuotaProjectAsWell() throws IOException {
    CredentialFiles.write(
        home.resolve(".config/gcloud/application_default_credentials.json"),
        CredentialFiles.impersonating(INVOKER, "[]", CredentialFiles.login()));
    var env = Map.of("HOME", home.toString());

    assertThat(look(env))
        .contains(
            Step.broken(
                Stage.QUOTA_PROJECT,
                "none is set: some APIs refuse a user login without one",
                Remedy.Shell.of("export", "GOOGLE_CLOUD_QUOTA_PROJECT=kleos-demo")));
    assertThat(look(Map.of("HOME", home.toString(), "GOOGLE_CLOUD_QUOTA_PROJECT", "kleos-demo")))
        .contains(Step.fine(Stage.QUOTA_PROJECT, "kleos-demo"));
  }

  @Test
  void theQuotaProjectOfAnImpersonation_isTheFiles_orThatOfTheLoginInIt() throws IOException {
    var file = home.resolve(".config/gcloud/application_default_credentials.json");
    var login = CredentialFiles.login().replaceFirst("\\{", "{\"quota_project_id\": \"inside\",");
    var whole = CredentialFiles.impersonating(INVOKER, "[]", login);
    var env = Map.of("HOME", home.toString());

    CredentialFiles.write(file, whole);
    assertThat(look(env)).contains(Step.fine(Stage.QUOTA_PROJECT, "inside"));
    CredentialFiles.write(file, whole.replaceFirst("\\{", "{\"quota_project_id\": \"outside\","));
    assertThat(look(env)).contains(Step.fine(Stage.QUOTA_PROJECT, "outside"));
  }

  /// A login would change nothing, since gcloud cannot write it there.
  @Test
  void aFolderInTheFilesPlace_isToBeMovedAway() throws IOException {
    Files.createDirectories(home.resolve(".config/gcloud/application_default_credentials.json"));

    assertThat(look(Map.of("HOME", home.toString())))
        .first()
        .isEqualTo(
            Step.broken(
                Stage.CREDENTIALS,
                "~/.config/gcloud/application_default_credentials.json is a folder",
                new Remedy.Advice("Move it away, so that a login can be kept.")));
  }

  @Test
  void whatCannotBeReadOfGclouds_isSaid_withWhy() throws IOException {
    Files.createDirectories(home.resolve(".config/gcloud/active_config"));

    assertThat(look(Map.of("HOME", home.toString())))
        .contains(
            Step.unknown(
                Stage.GCLOUD,
                "~/.config/gcloud/active_config is a folder: what gcloud does is not known"));
  }

  @Test
  void aKeyBehindAnImpersonation_needsNone() throws IOException {
    assertThat(look(CredentialFiles.impersonating(INVOKER, "[]", CredentialFiles.key(INVOKER))))
        .noneMatch(step -> step.stage() == Stage.QUOTA_PROJECT);
  }

  @Test
  void aKeyBesideALoginOfGcloud_mayBeMeant() throws IOException {
    CredentialFiles.write(
        home.resolve(".config/gcloud/configurations/config_default"),
        "[core]\naccount = alice@example.com\nproject = kleos-demo\n");

    assertThat(look(CredentialFiles.key("ci-job@kleos-demo.iam.gserviceaccount.com")))
        .contains(
            Step.unknown(
                Stage.GCLOUD,
                "gcloud acts as alice@example.com, programs by a key of"
                    + " ci-job@kleos-demo.iam.gserviceaccount.com, which may be meant"))
        .noneMatch(Step::isBroken);
  }

  /// What kleos-iam switched on itself is meant for a day; then it counts as forgotten.
  @Test
  void whatWasSwitchedOn_isFineForADay_andForgottenAfterIt() throws IOException {
    var env = loggedIn();
    lasting(env).on(INVOKER, true, NOW.minus(Duration.ofHours(3)));
    assertThat(look(env))
        .contains(
            Step.fine(
                Stage.IMPERSONATION_OFF, "on for 3 hours: gcloud and programs act as " + INVOKER));

    lasting(env).off();
    lasting(env).on(INVOKER, true, NOW.minus(Duration.ofDays(3)));
    assertThat(look(env))
        .contains(
            Step.broken(
                Stage.IMPERSONATION_OFF,
                "left on for 3 days: gcloud and programs act as " + INVOKER,
                Remedy.Shell.of("kleos-iam", "impersonate", "off")));
  }

  @Test
  void whatWasSwitchedOnForGcloudAlone_orForAnotherAccount_isSaid() throws IOException {
    var env = loggedIn();
    var other = "other@kleos-demo.iam.gserviceaccount.com";
    lasting(env).on(INVOKER, false, NOW.minus(Duration.ofMinutes(1)));
    assertThat(look(env))
        .contains(
            Step.unknown(
                    Stage.IMPERSONATION_OFF,
                    "on for 1 minute: gcloud acts as " + INVOKER + ", programs as yourself")
                .with(Remedy.Shell.of("kleos-iam", "impersonate", "off")));

    lasting(env).on(other, true, NOW.minus(Duration.ofMinutes(2)));
    assertThat(look(env))
        .contains(
            Step.broken(
                Stage.IMPERSONATION_OFF,
                "on for 2 minutes: gcloud and programs act as "
                    + other
                    + ", and this road goes by "
                    + INVOKER,
                Remedy.Shell.of("kleos-iam", "impersonate", "off")));
  }

  private Map<String, String> loggedIn() throws IOException {
    CredentialFiles.write(
        home.resolve(".config/gcloud/application_default_credentials.json"),
        CredentialFiles.login());
    CredentialFiles.write(
        home.resolve(".config/gcloud/configurations/config_default"),
        "[core]\naccount = alice@example.com\nproject = kleos-demo\n");
    return Map.of("HOME", home.toString());
  }

  private static LastingImpersonation lasting(Map<String, String> env) {
    return new LastingImpersonation(env, Path.of(env.getOrDefault("HOME", "")).resolve("state"));
  }

  private List<Step> look(String credential) throws IOException {
    var file = CredentialFiles.write(home.resolve("named.json"), credential);
    var env = Map.of("HOME", home.toString(), "GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    return look(env);
  }

  private static List<Step> look(Map<String, String> env) {
    return machine(env, Optional.of(Resource.Account.inProject("kleos-demo", "kleos-invoker")))
        .look();
  }

  private static Machine machine(Map<String, String> env, Optional<Resource.Account> account) {
    return new Machine(env, "kleos-demo", account, lasting(env), NOW);
  }
}
