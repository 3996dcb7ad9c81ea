package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The tool's own runs start an emulator each, and are not to wait for what they do not use.
@Timeout(60)
class StartTest {

  @Test
  void aPlan_loadsNothingOfTokensRolesAndConditions() throws IOException, InterruptedException {
    var loaded = classesOf("plan", "--emulator", "--file", "plans/kleos.yaml");

    assertThat(loaded)
        .contains(Emulator.class.getName() + " ", AccountCalls.class.getName() + " ")
        .doesNotContain(
            "com.nimbusds",
            "com.google.cloud.iam.credentials",
            "com.google.api.serviceusage",
            "dev.cel",
            "dev.kleos.iam.emulator.Conditions",
            "dev.kleos.iam.emulator.CredentialsApi",
            "dev.kleos.iam.emulator.FrontEnd",
            "dev.kleos.iam.emulator.ServiceUsageApi",
            "dev.kleos.iam.emulator.IdTokens",
            "dev.kleos.iam.emulator.SigningKey",
            "dev.kleos.iam.emulator.RoleCatalog",
            "dev.kleos.iam.emulator.TokenEndpoint");
  }

  private static String classesOf(String... args) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kleos.iam.Main"));
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
