package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Streams;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Services and projects as gcloud lists and describes them.
@Execution(ExecutionMode.CONCURRENT)
class GcloudServicesTest {
  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();

  /// gcloud puts the region before the host's name, which then is nobody's: a proxy finds the way.
  private final Gcloud proxied = gcloud.with("http_proxy", stage.server.url());

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void list_showsTheServicesOfAllRegions() {
    stage.world().ensureService("kleos-demo", "europe-west1", "kleos-other");
    stage.world().ensureService("another-project", "us-central1", "not-ours");

    var listed = gcloud.done("run services list").json();

    assertThat(places(listed))
        .containsExactlyInAnyOrder("europe-west1/kleos-other", "us-central1/kleos-service");
  }

  @Test
  void list_ofARegion_asksTheHostOfTheRegion() {
    stage.world().ensureService("kleos-demo", "europe-west1", "kleos-other");

    var listed = proxied.done("run services list --region=europe-west1").json();

    assertThat(places(listed)).containsExactly("europe-west1/kleos-other");
  }

  @Test
  void describe_showsTheServiceOfTheRegion() {
    stage.world().ensureService("kleos-demo", "europe-west1", "kleos-service");

    for (var region : List.of("europe-west1", "us-central1")) {
      var service =
          proxied
              .done("run services describe kleos-service --region=" + region)
              .json()
              .getAsJsonObject();

      assertThat(place(service)).isEqualTo(region + "/kleos-service");
      assertThat(service.getAsJsonObject("status").get("url").getAsString())
          .isEqualTo(stage.server.url() + "/run/kleos-demo/" + region + "/kleos-service");
      assertThat(service.getAsJsonObject("metadata").get("namespace").getAsString())
          .isEqualTo("123456789012");
    }
  }

  @Test
  void describe_ofAMissingService_isRefused() {
    proxied.refused("run services describe nobody --region=us-central1");
    proxied.refused("run services describe kleos-service --region=europe-west1");

    assertThat(stage.calls("GetService")).isEqualTo(2);
  }

  @Test
  void describe_ofAProject_byIdAndByNumber() {
    for (var name : List.of("kleos-demo", "123456789012")) {
      var project = gcloud.done("projects describe " + name).json().getAsJsonObject();

      assertThat(project.get("projectId").getAsString()).isEqualTo("kleos-demo");
      assertThat(project.get("projectNumber").getAsString()).isEqualTo("123456789012");
      assertThat(project.get("lifecycleState").getAsString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void describe_ofAMissingProject_isDenied() {
    assertThat(gcloud.refused("projects describe nowhere-1"))
        .contains("The caller does not have permission");
  }

  private static List<String> places(JsonElement services) {
    return Streams.stream(services.getAsJsonArray())
        .map(service -> place(service.getAsJsonObject()))
        .toList();
  }

  private static String place(JsonObject service) {
    var metadata = service.getAsJsonObject("metadata");
    var region =
        metadata.getAsJsonObject("labels").get("cloud.googleapis.com/location").getAsString();
    return region + "/" + metadata.get("name").getAsString();
  }
}
