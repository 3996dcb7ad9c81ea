package dev.kleos.iam.emulator.server;

import com.google.cloud.run.v2.Service;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/// A Cloud Run service in the words of Knative. The fields are **documented** in the reference of
/// Cloud Run Admin v1. Who deployed it and when, image, revision and traffic are made up, since
/// this world runs nothing.
final class KnativeView {
  private static final String API_VERSION = "serving.knative.dev/v1";
  private static final String DEPLOYED = "2026-01-01T00:00:00Z";
  private static final String DEPLOYER = "operator@example.com";
  private static final String IMAGE = "us-docker.pkg.dev/cloudrun/container/hello";

  private KnativeView() {}

  static JsonObject list(List<JsonObject> services) {
    var json = new JsonObject();
    json.addProperty("apiVersion", API_VERSION);
    json.addProperty("kind", "ServiceList");
    json.add("metadata", new JsonObject());
    json.add("items", array(services));
    json.add("unreachable", new JsonArray());
    return json;
  }

  /// @param number of the project, which Knative calls the namespace
  static JsonObject of(Service service, String number) {
    var parts = service.getName().split("/", -1);
    var region = parts[3];
    var name = parts[5];
    var json = new JsonObject();
    json.addProperty("apiVersion", API_VERSION);
    json.addProperty("kind", "Service");
    json.add("metadata", metadata(service, number, region, name));
    json.add("spec", spec());
    json.add("status", status(service, name));
    return json;
  }

  private static JsonObject metadata(Service service, String number, String region, String name) {
    var labels = object("cloud.googleapis.com/location", region);
    var annotations = object("run.googleapis.com/ingress", ingress(service));
    annotations.addProperty("run.googleapis.com/ingress-status", ingress(service));
    if (service.getCustomAudiencesCount() > 0) {
      var audiences = texts(service.getCustomAudiencesList());
      annotations.addProperty("run.googleapis.com/custom-audiences", audiences.toString());
    }
    if (service.getInvokerIamDisabled()) {
      annotations.addProperty("run.googleapis.com/invoker-iam-disabled", "true");
    }
    annotations.addProperty("serving.knative.dev/creator", DEPLOYER);
    annotations.addProperty("serving.knative.dev/lastModifier", DEPLOYER);
    annotations.addProperty("run.googleapis.com/urls", texts(service.getUrlsList()).toString());
    var json = object("name", name);
    json.addProperty("namespace", number);
    json.addProperty(
        "selfLink", "/apis/serving.knative.dev/v1/namespaces/" + number + "/services/" + name);
    json.addProperty("uid", service.getUid());
    json.addProperty("generation", service.getGeneration());
    json.addProperty("creationTimestamp", DEPLOYED);
    json.add("labels", labels);
    json.add("annotations", annotations);
    return json;
  }

  private static String ingress(Service service) {
    return switch (service.getIngress()) {
      case INGRESS_TRAFFIC_INTERNAL_ONLY -> "internal";
      case INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER -> "internal-and-cloud-load-balancing";
      case INGRESS_TRAFFIC_NONE -> "none";
      case INGRESS_TRAFFIC_ALL, INGRESS_TRAFFIC_UNSPECIFIED, UNRECOGNIZED -> "all";
    };
  }

  private static JsonObject spec() {
    var pod = new JsonObject();
    var container = object("name", "hello-1");
    container.addProperty("image", IMAGE);
    pod.add("containers", array(List.of(container)));
    var template = new JsonObject();
    template.add("spec", pod);
    var traffic = new JsonObject();
    traffic.addProperty("latestRevision", true);
    traffic.addProperty("percent", 100);
    var json = new JsonObject();
    json.add("template", template);
    json.add("traffic", array(List.of(traffic)));
    return json;
  }

  private static JsonObject status(Service service, String name) {
    var revision = name + "-00001-abc";
    var traffic = object("revisionName", revision);
    traffic.addProperty("latestRevision", true);
    traffic.addProperty("percent", 100);
    var json = new JsonObject();
    json.addProperty("observedGeneration", service.getObservedGeneration());
    json.add(
        "conditions",
        array(List.of(ready("Ready"), ready("ConfigurationsReady"), ready("RoutesReady"))));
    json.addProperty("latestReadyRevisionName", revision);
    json.addProperty("latestCreatedRevisionName", revision);
    json.add("traffic", array(List.of(traffic)));
    json.addProperty("url", service.getUri());
    json.add("address", object("url", service.getUri()));
    return json;
  }

  private static JsonObject ready(String type) {
    var condition = object("type", type);
    condition.addProperty("status", "True");
    condition.addProperty("lastTransitionTime", DEPLOYED);
    return condition;
  }

  private static JsonObject object(String name, String value) {
    var json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  private static JsonArray texts(List<String> texts) {
    var json = new JsonArray(texts.size());
    texts.forEach(json::add);
    return json;
  }

  private static JsonArray array(List<JsonObject> items) {
    var json = new JsonArray(items.size());
    items.forEach(json::add);
    return json;
  }
}
