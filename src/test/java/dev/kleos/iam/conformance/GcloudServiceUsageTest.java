package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Streams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// APIs that gcloud enables and disables, and what it says of one that is not enabled.
@Execution(ExecutionMode.CONCURRENT)
class GcloudServiceUsageTest {
  private static final String USAGE_ADMIN = "roles/serviceusage.serviceUsageAdmin";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anApi_isDisabled_andEnabledAgain_byAnAdminOfServices() {
    stage.given(Stage.PROJECT, Stage.binding(USAGE_ADMIN, "user:alice@example.com"));
    var alice = stage.gcloud.as("alice@example.com");
    assertThat(enabled(alice)).hasSize(5).contains("run.googleapis.com");

    alice.done("services disable run.googleapis.com");
    assertThat(enabled(alice)).hasSize(4).doesNotContain("run.googleapis.com");

    alice.done("services enable run.googleapis.com");
    alice.done("services enable run.googleapis.com iam.googleapis.com");
    assertThat(enabled(alice)).hasSize(5);
    assertThat(stage.calls("EnableService")).isEqualTo(1);
    assertThat(stage.calls("BatchEnableServices")).isEqualTo(1);
  }

  @Test
  void available_listsTheOthersToo() {
    stage.gcloud.done("services disable iam.googleapis.com");

    assertThat(listed(stage.gcloud, "services list --available"))
        .hasSize(5)
        .contains("iam.googleapis.com");
  }

  @Test
  void whoMayNot_isRefused() {
    stage.given(
        Stage.PROJECT,
        Stage.binding("roles/serviceusage.serviceUsageViewer", "user:alice@example.com"));
    var alice = stage.gcloud.as("alice@example.com");

    assertThat(enabled(alice)).hasSize(5);
    assertThat(alice.refused("services disable iam.googleapis.com"))
        .contains("Permission denied to disable service [iam.googleapis.com]");
    assertThat(stage.gcloud.as("bob@example.com").refused("services list"))
        .contains("Permission denied to list services");
  }

  @Test
  void anUnknownApi_isRefused() {
    assertThat(stage.gcloud.refused("services enable nothing.googleapis.com"))
        .contains("Not found or permission denied for service(s): nothing.googleapis.com.");
  }

  @Test
  void aCallOfADisabledApi_isRefused_andGcloudKnowsTheRemedy() {
    stage.gcloud.done("services disable iam.googleapis.com");

    assertThat(stage.gcloud.refused("iam service-accounts list")).contains("iam.googleapis.com");
    assertThat(stage.emulator.calls().answers())
        .anySatisfy(logged -> {
          assertThat(logged.call().method()).endsWith("/ListServiceAccounts");
          assertThat(logged.status().orElseThrow().name()).isEqualTo("PERMISSION_DENIED");
        });
  }

  private static List<String> enabled(Gcloud gcloud) {
    return listed(gcloud, "services list");
  }

  private static List<String> listed(Gcloud gcloud, String command) {
    return Streams.stream(gcloud.done(command).json().getAsJsonArray())
        .map(service ->
            service.getAsJsonObject().getAsJsonObject("config").get("name").getAsString())
        .toList();
  }
}
