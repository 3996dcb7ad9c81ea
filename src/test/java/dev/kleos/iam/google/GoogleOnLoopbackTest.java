package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Resource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way to Google as it is in production: file, token, proxy, TLS, gRPC.
class GoogleOnLoopbackTest {
  private final GoogleOnLoopback google;

  GoogleOnLoopbackTest(@TempDir Path home) {
    google = GoogleOnLoopback.start(World.demo(), home);
  }

  @BeforeEach
  void logIn() {
    google.logIn("alice@example.com");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void aCall_isMadeAsWhomTheFileIsFor_throughTheProxyAlone() {
    try (var cloud = GoogleCloud.withDefaultCredentials(google.env(), false)) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();
      assertThat(cloud.catalog().projectNumber(new Resource.Project("kleos-demo"))).isNotEmpty();
    }

    assertThat(google.connected())
        .containsOnly(
            "oauth2.googleapis.com:443",
            "run.googleapis.com:443",
            "cloudresourcemanager.googleapis.com:443");
    assertThat(google.emulator().calls().all())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.toString()).contains("alice@example.com"));
  }
}
