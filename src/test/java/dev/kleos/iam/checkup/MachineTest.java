package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.model.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
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

    var steps = new Machine(env, "kleos-demo", Optional.empty()).look();

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

  private List<Step> look(String credential) throws IOException {
    var file = CredentialFiles.write(home.resolve("named.json"), credential);
    var env = Map.of("HOME", home.toString(), "GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    return new Machine(
            env,
            "kleos-demo",
            Optional.of(Resource.Account.inProject("kleos-demo", "kleos-invoker")))
        .look();
  }
}
