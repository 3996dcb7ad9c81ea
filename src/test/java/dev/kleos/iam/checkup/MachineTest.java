package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
