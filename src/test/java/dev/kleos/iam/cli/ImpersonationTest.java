package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cli.Scene.Said;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.CallHook;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alice's credentials impersonate an account that she may act as, and only that one may act as the
/// account that calls the service.
class ImpersonationTest {
  private static final String DEPLOYER = "deployer@kleos-demo.iam.gserviceaccount.com";
  private static final String LEFT_ASIDE =
      "Your credentials impersonate "
          + DEPLOYER
          + ", which is left aside here; to go by it, add --delegates ";

  @TempDir private Path folder = Path.of("");

  @Test
  void aDenial_namesTheAccountOnTheWay_andGoingByItHelps() {
    try (var scene = scene("[]", DEPLOYER)) {
      var denied = token(scene);

      assertThat(denied.code()).isEqualTo(ExitCode.FAILED);
      assertThat(denied.err())
          .endsWith(
              LEFT_ASIDE
                  + DEPLOYER
                  + "\nAn admin runs: kleos-iam grant user:alice@example.com --account "
                  + Worldly.ACCOUNT
                  + "\n");
      assertThat(token(scene, "--delegates", DEPLOYER).code()).isZero();
    }
  }

  @Test
  void moreAccountsOnTheWay_areNamedInOrder() {
    var first = "first@kleos-demo.iam.gserviceaccount.com";
    try (var scene = scene("[\"projects/-/serviceAccounts/" + first + "\"]", DEPLOYER)) {
      assertThat(token(scene).err()).contains(LEFT_ASIDE + first + "," + DEPLOYER + "\n");
    }
  }

  @Test
  void theAccountItself_isNotOnTheWay() {
    try (var scene = scene("[]", Worldly.ACCOUNT)) {
      assertThat(token(scene).err()).contains("An admin runs: ").doesNotContain("--delegates");
    }
  }

  @Test
  void whereNothingIsImpersonated_nothingIsLeftAside() {
    try (var scene = scene("[]", DEPLOYER)) {
      scene.adc(GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo"));

      assertThat(token(scene).err()).contains("An admin runs: ").doesNotContain("--delegates");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--access"})
  void anAccountThatIsDisabled_isToBeEnabled(String access) {
    try (var scene = new Scene(folder, false)) {
      scene.world.account("disabled", "true");
      scene.start();

      var said =
          access.isEmpty() ? token(scene) : scene.run(Terminals.NONE, List.of("token", access));

      assertThat(said.code()).isEqualTo(ExitCode.FAILED);
      assertThat(scene.plain(said.err()))
          .isEqualTo(
              "kleos-iam: Service account "
                  + Worldly.ACCOUNT
                  + " is disabled.\nAn admin runs: CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM="
                  + "http://127.0.0.1:8085/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator gcloud iam service-accounts enable "
                  + Worldly.ACCOUNT
                  + " --project kleos-demo\n");
    }
  }

  @Test
  void anAccountOnTheWayThatIsDisabled_isTheOneToEnable() {
    try (var scene = scene("[]", DEPLOYER)) {
      CallHook refusing =
          call -> {
            if (call.method().endsWith("/GenerateIdToken")) {
              throw Status.FAILED_PRECONDITION
                  .withDescription("Service account " + DEPLOYER + " is disabled.")
                  .asRuntimeException();
            }
          };
      scene.google().emulator().onCall(refusing);

      assertThat(token(scene, "--delegates", DEPLOYER).err())
          .endsWith("enable " + DEPLOYER + " --project kleos-demo\n")
          .doesNotContain("enable " + Worldly.ACCOUNT);
    }
  }

  /// The operator is denied nothing but what is not there.
  @Test
  void anEmulatorsOperator_isNotToldToGrantAnything() {
    try (var scene = new Scene(folder, false).start()) {
      scene.set(EmulatorCaller.VARIABLE, "operator");
      CallHook hiding =
          call -> {
            if (call.method().endsWith("/GenerateIdToken")) {
              throw Status.PERMISSION_DENIED.asRuntimeException();
            }
          };
      scene.google().emulator().onCall(hiding);

      var said = token(scene);

      assertThat(said.code()).isEqualTo(ExitCode.FAILED);
      assertThat(said.err()).contains("The emulator's world has no such").doesNotContain("grant");
    }
  }

  private Scene scene(String delegates, String impersonated) {
    var scene = new Scene(folder, true);
    var login = GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo");
    scene.adc(CredentialFiles.impersonating(impersonated, delegates, login));
    scene.world.actors("serviceAccount:" + DEPLOYER, "");
    scene.start();
    var world = scene.google().emulator().world();
    world.ensureAccount("kleos-demo", DEPLOYER);
    var acting =
        Binding.newBuilder()
            .setRole("roles/iam.serviceAccountTokenCreator")
            .addMembers("user:alice@example.com");
    world.putPolicy(
        "projects/kleos-demo/serviceAccounts/" + DEPLOYER,
        Policy.newBuilder().addBindings(acting).build());
    return scene;
  }

  private static Said token(Scene scene, String... words) {
    var line = new ArrayList<>(List.of("token", "--audience", "https://a.example.com"));
    line.addAll(List.of(words));
    return scene.run(Terminals.NONE, line);
  }
}
