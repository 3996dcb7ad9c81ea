package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudRunV1Test {
  private static final String NAMESPACE =
      "/apis/serving.knative.dev/v1/namespaces/kleos-demo/services";

  private final Rest rest = new Rest();

  @BeforeEach
  void furnish() {
    rest.emulator.world().ensureService("kleos-demo", "europe-west1", "kleos-status");
    rest.emulator.world().ensureService("other", "us-central1", "foreign");
  }

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void list_ofAllRegions_hasEveryServiceOfTheProject() {
    var list = rest.get("/v1/projects/kleos-demo/locations/-/services");

    assertThat(list.text("kind")).isEqualTo("ServiceList");
    assertThat(names(list.array("items"))).containsExactly("kleos-status", "kleos-service");
    assertThat(list.array("unreachable")).isEmpty();
    assertThat(names(rest.get("/v1/projects/123456789012/locations/-/services").array("items")))
        .hasSize(2);
  }

  @Test
  void list_ofOneRegion_hasItsOwn() {
    var list = rest.get("/v1/projects/kleos-demo/locations/europe-west1/services");

    assertThat(names(list.array("items"))).containsExactly("kleos-status");
  }

  @Test
  void list_ofMoreThanAPage_isWhole() {
    for (var i = 0; i < 250; i++) {
      rest.emulator.world().ensureService("kleos-demo", "asia-east1", "service-" + i);
    }

    assertThat(rest.get("/v1/projects/kleos-demo/locations/-/services").array("items"))
        .hasSize(252);
  }

  @Test
  void list_ofAProjectThatIsNotThere_isDenied() {
    var answer = rest.get("/v1/projects/nowhere/locations/-/services");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).contains("run.services.list");
  }

  @Test
  void describe_byTheRegionOfTheHost_findsTheServiceThere() throws IOException {
    assertThat(described("europe-west1-run.googleapis.com", "kleos-status"))
        .startsWith("HTTP/1.1 200 OK")
        .contains("\"cloud.googleapis.com/location\": \"europe-west1\"")
        .contains("\"namespace\": \"123456789012\"");
    assertThat(described("us-central1-127.0.0.1:8085", "kleos-status"))
        .startsWith("HTTP/1.1 404 Not Found")
        .contains("\"status\": \"NOT_FOUND\"")
        .contains("in region 'us-central1' in project 'kleos-demo' does not exist.");
  }

  @Test
  void describe_withoutARegion_looksInAll() {
    assertThat(rest.get(NAMESPACE + "/kleos-service").status()).isEqualTo(200);
    assertThat(rest.get(NAMESPACE + "/kleos-status").status()).isEqualTo(200);
    assertThat(rest.get(NAMESPACE + "/missing").status()).isEqualTo(404);
  }

  @Test
  void describe_showsTheAddressesThatV2Shows() {
    var v1 = rest.get(NAMESPACE + "/kleos-service").json().getAsJsonObject("status");
    var v2 = rest.get("/v2/" + Rest.SERVICE);

    assertThat(v1.get("url").getAsString()).isEqualTo(v2.text("uri"));
  }

  @Test
  void project_hasTheWordsOfV1_byIdAndByNumber() {
    var project = rest.get("/v1/projects/kleos-demo");

    assertThat(project.text("projectNumber")).isEqualTo("123456789012");
    assertThat(project.text("projectId")).isEqualTo("kleos-demo");
    assertThat(project.text("lifecycleState")).isEqualTo("ACTIVE");
    assertThat(rest.get("/v1/projects/123456789012").json()).isEqualTo(project.json());
    assertThat(rest.get("/v1/projects/nowhere").status()).isEqualTo(403);
  }

  private String described(String host, String service) throws IOException {
    return rest.raw("GET http://" + host + NAMESPACE + "/" + service + " HTTP/1.1");
  }

  private static Iterable<String> names(JsonArray items) {
    return items.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(item -> item.getAsJsonObject("metadata").get("name").getAsString())
        .toList();
  }
}
