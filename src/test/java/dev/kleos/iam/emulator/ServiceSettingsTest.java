package dev.kleos.iam.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What decides how a service's front end answers, as the two APIs of Cloud Run show it.
class ServiceSettingsTest {
  private final Front front = new Front();

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void customAudiences_areShown() {
    assertThat(v2("private").getCustomAudiencesList())
        .containsExactly("kleos", "https://api.example.com");
    assertThat(annotation("private", "custom-audiences"))
        .isEqualTo("[\"kleos\",\"https://api.example.com\"]");
    assertThat(v2("open").getCustomAudiencesList()).isEmpty();
    assertThat(annotation("open", "custom-audiences")).isEmpty();
  }

  @Test
  void aServiceThatAsksNobody_saysSo() {
    assertThat(v2("unchecked").getInvokerIamDisabled()).isTrue();
    assertThat(annotation("unchecked", "invoker-iam-disabled")).isEqualTo("true");
    assertThat(v2("open").getInvokerIamDisabled()).isFalse();
    assertThat(annotation("open", "invoker-iam-disabled")).isEmpty();
  }

  @Test
  void ingress_isShown_inTheWordsOfEach() {
    assertThat(List.of(v2("open"), v2("inside"), v2("balanced")))
        .extracting(com.google.cloud.run.v2.Service::getIngress)
        .containsExactly(
            IngressTraffic.INGRESS_TRAFFIC_ALL,
            IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY,
            IngressTraffic.INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER);
    for (var name : List.of("ingress", "ingress-status")) {
      assertThat(annotation("open", name)).isEqualTo("all");
      assertThat(annotation("inside", name)).isEqualTo("internal");
      assertThat(annotation("balanced", name)).isEqualTo("internal-and-cloud-load-balancing");
    }
  }

  @Test
  void addresses_areTheSameInBoth_theFirstOneToBeCalled() {
    var service = v2("open");

    assertThat(service.getUri()).isEqualTo(front.url("open"));
    assertThat(service.getUrls(0)).isEqualTo(service.getUri());
    assertThat(JsonParser.parseString(annotation("open", "urls")).getAsJsonArray().asList())
        .extracting(url -> url.getAsString())
        .isEqualTo(service.getUrlsList());
    assertThat(v1("open").getAsJsonObject("status").get("url").getAsString())
        .isEqualTo(service.getUri());
  }

  @Test
  void aServiceThatIsThereAlready_keepsItsSettings() {
    assertThat(front.emulator.world().ensureService("kleos-demo", "us-central1", "inside"))
        .isFalse();

    assertThat(v2("inside").getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY);
  }

  @Test
  void settings_areInTheFileOfTheWorld_andAgainThoseOfTheStartAfterAReset() throws IOException {
    var world = front.emulator.world();
    var before = Google.written(world);
    assertThat(before).isEqualTo(Google.written(Front.world()));

    world.write(() -> {
      world.services.put(Front.key("inside"), new Service("kleos-demo", "us-central1", "inside"));
      return world;
    });
    assertThat(Google.written(world)).isNotEqualTo(before);

    front.emulator.reset();
    assertThat(Google.written(world)).isEqualTo(before);
  }

  private com.google.cloud.run.v2.Service v2(String service) {
    var request = GetServiceRequest.newBuilder().setName(Front.key(service)).build();
    return front.google.run.getService(request);
  }

  private String annotation(String service, String name) {
    var annotation =
        v1(service)
            .getAsJsonObject("metadata")
            .getAsJsonObject("annotations")
            .get("run.googleapis.com/" + name);
    return annotation == null ? "" : annotation.getAsString();
  }

  private JsonObject v1(String service) {
    var path = "/apis/serving.knative.dev/v1/namespaces/kleos-demo/services/" + service;
    var answer = front.send(HttpRequest.newBuilder(URI.create(front.server.url() + path)).build());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
