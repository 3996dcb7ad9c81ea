package dev.kleos.iam.emulator;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A service in the world file: its name alone, or an object where there is more to say.
final class ServiceJson {
  private static final String NAME = "name";
  private static final String AUDIENCES = "customAudiences";
  private static final String IAM_DISABLED = "invokerIamDisabled";
  private static final String INGRESS = "ingress";
  private static final String ANSWERS = "answers";
  private static final Set<String> KEYS = Set.of(NAME, AUDIENCES, IAM_DISABLED, INGRESS, ANSWERS);

  private ServiceJson() {}

  /// @throws com.google.gson.JsonParseException saying where it is not of the format
  static Service read(JsonNode node, Projects projects) {
    if (!node.value().isJsonObject()) {
      return read(node, projects, ServiceSettings.DEFAULT);
    }
    var members = node.members(KEYS);
    return read(node.member(NAME), projects, settings(members));
  }

  static void write(JsonWriter json, Service service) throws IOException {
    var settings = service.settings();
    if (settings.equals(ServiceSettings.DEFAULT)) {
      json.value(service.key());
      return;
    }
    json.beginObject().name(NAME).value(service.key());
    if (!settings.customAudiences().isEmpty()) {
      JsonText.member(json, AUDIENCES, settings.customAudiences());
    }
    if (settings.invokerIamDisabled()) {
      json.name(IAM_DISABLED).value(true);
    }
    if (settings.ingress() != Ingress.ALL) {
      json.name(INGRESS).value(settings.ingress().word);
    }
    if (settings.answers() != ServiceSettings.OK) {
      json.name(ANSWERS).value(settings.answers());
    }
    json.endObject();
  }

  private static Service read(JsonNode name, Projects projects, ServiceSettings settings) {
    if (!(ResourceName.parse(name.text()).orElse(null)
            instanceof ResourceName.OfService(var project, var region, var service))
        || !projects.all().containsKey(project)) {
      throw name.wrong("must be projects/P/locations/L/services/S, of a project of this file");
    }
    return new Service(project, region, service, settings);
  }

  private static ServiceSettings settings(Map<String, JsonNode> members) {
    return new ServiceSettings(
        Optional.ofNullable(members.get(AUDIENCES)).map(ServiceJson::audiences).orElse(List.of()),
        Optional.ofNullable(members.get(IAM_DISABLED)).map(JsonNode::flag).orElse(false),
        Optional.ofNullable(members.get(INGRESS)).map(ServiceJson::ingress).orElse(Ingress.ALL),
        Optional.ofNullable(members.get(ANSWERS))
            .map(ServiceJson::status)
            .orElse(ServiceSettings.OK));
  }

  private static List<String> audiences(JsonNode node) {
    return node.elements().stream().map(ServiceJson::audience).toList();
  }

  private static String audience(JsonNode node) {
    if (node.text().isBlank()) {
      throw node.wrong("must not be empty");
    }
    return node.text();
  }

  private static Ingress ingress(JsonNode node) {
    return Ingress.of(node.text())
        .orElseThrow(() ->
            node.wrong(
                "can only be \"all\", \"internal\" or \"internal-and-cloud-load-balancing\""));
  }

  private static int status(JsonNode node) {
    var status = node.number();
    if (status < 200 || status > 599) {
      throw node.wrong("must be an HTTP status from 200 to 599");
    }
    return (int) status;
  }
}
