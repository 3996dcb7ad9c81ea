package dev.kleos.iam.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/// A world file in the making. All is well in it, until something is changed.
final class Worldly {
  static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  static final String SERVICE = "projects/kleos-demo/locations/us-central1/services/kleos-service";
  private static final String ID = "100000000000000000001";
  private static final String OF_ACCOUNT = "projects/kleos-demo/serviceAccounts/" + ID;
  private static final List<String> ACTING =
      List.of("roles/iam.serviceAccountOpenIdTokenCreator", "roles/iam.serviceAccountTokenCreator");

  private final JsonObject world =
      object(
          """
          {
            "kleosIamEmulator": 1,
            "projects": {
              "kleos-demo": {"number": "123456789012"},
              "elsewhere": {"number": "222222222222"}
            },
            "services": [{"name": "%s"}],
            "groups": {"devs@example.com": ["bob@example.com"]},
            "serviceAccounts": {
              "%s": {"project": "kleos-demo", "email": "%s", "description": "The Kleos invoker"}
            },
            "policies": {
              "projects/kleos-demo": {"bindings": [
                {"role": "roles/owner", "members": ["user:admin@example.com"]},
                {"role": "roles/viewer", "members": ["user:alice@example.com", "user:bob@example.com"]},
                {"role": "roles/serviceusage.serviceUsageConsumer", "members": ["user:alice@example.com"]}]},
              "%s": {"bindings": []},
              "%s": {"bindings": []}
            }
          }
          """
              .formatted(SERVICE, ID, ACCOUNT, SERVICE, OF_ACCOUNT));

  Worldly() {
    invokers("serviceAccount:" + ACCOUNT, "");
    actors("user:alice@example.com", "");
  }

  String json() {
    return world.toString();
  }

  /// Who may invoke the service; nobody where that is empty.
  ///
  /// @param expression empty for no condition
  void invokers(String member, String expression) {
    policy(SERVICE, List.of("roles/run.invoker"), member, expression);
  }

  /// Who may act as the account.
  void actors(String member, String expression) {
    policy(OF_ACCOUNT, ACTING, member, expression);
  }

  /// A setting of the account, or of the service.
  void account(String key, String json) {
    world
        .getAsJsonObject("serviceAccounts")
        .getAsJsonObject(ID)
        .add(key, JsonParser.parseString(json));
  }

  void service(String key, String json) {
    world
        .getAsJsonArray("services")
        .get(0)
        .getAsJsonObject()
        .add(key, JsonParser.parseString(json));
  }

  /// The account is not there.
  void withoutAccount() {
    world.getAsJsonObject("serviceAccounts").remove(ID);
    world.getAsJsonObject("policies").remove(OF_ACCOUNT);
    invokers("", "");
  }

  /// The account was deleted, and created again.
  void recreated() {
    withoutAccount();
    var account = object("{\"project\": \"kleos-demo\", \"email\": \"%s\"}".formatted(ACCOUNT));
    world.getAsJsonObject("serviceAccounts").add("100000000000000000002", account);
    invokers("deleted:serviceAccount:" + ACCOUNT + "?uid=" + ID, "");
  }

  /// APIs are not enabled in the project of the road.
  void disable(String... apis) {
    disableIn("kleos-demo", apis);
  }

  /// The same in a project.
  void disableIn(String project, String... apis) {
    var list = new JsonArray();
    List.of(apis).forEach(list::add);
    var disabled = new JsonObject();
    disabled.add(project, list);
    world.add("disabledApis", disabled);
  }

  /// Alice may have calls counted for another project, which the admin owns.
  void countedFor(String project) {
    world
        .getAsJsonObject("policies")
        .add(
            "projects/" + project,
            object(
                """
                {"bindings": [
                  {"role": "roles/owner", "members": ["user:admin@example.com"]},
                  {"role": "roles/serviceusage.serviceUsageConsumer", "members": ["user:alice@example.com"]}]}
                """));
  }

  /// The service is somewhere else, or of another name.
  void move(String name) {
    world.getAsJsonObject("policies").remove(SERVICE);
    world.getAsJsonArray("services").get(0).getAsJsonObject().addProperty("name", name);
    policy(name, List.of("roles/run.invoker"), "serviceAccount:" + ACCOUNT, "");
  }

  /// Alice sees nothing of the project that she is not let in to by name.
  void plainUser() {
    ofProject().remove(1);
  }

  /// She sees nothing of the project, and all of the service.
  void withoutSightOfTheProject() {
    plainUser();
    add(
        world.getAsJsonObject("policies").getAsJsonObject(SERVICE).getAsJsonArray("bindings"),
        "roles/run.viewer",
        "user:alice@example.com");
  }

  /// The project grants a role more.
  void ofProject(String role, String member) {
    add(ofProject(), role, member);
  }

  /// Who may invoke the service by a role of the project's own.
  void customInvoker(String member) {
    var role = "projects/kleos-demo/roles/caller";
    world.add(
        "roles",
        object("{\"%s\": {\"includedPermissions\": [\"run.routes.invoke\"]}}".formatted(role)));
    policy(SERVICE, List.of(role), member, "");
  }

  /// The account was deleted.
  void deleted() {
    account("deleteTime", "\"2026-11-30T10:00:00Z\"");
    invokers("deleted:serviceAccount:" + ACCOUNT + "?uid=" + ID, "");
  }

  /// Alice may not have calls counted for the project.
  void withoutQuota() {
    ofProject().remove(2);
  }

  private JsonArray ofProject() {
    return world
        .getAsJsonObject("policies")
        .getAsJsonObject("projects/kleos-demo")
        .getAsJsonArray("bindings");
  }

  private void policy(String resource, List<String> roles, String member, String expression) {
    var bindings = new JsonArray();
    for (var role : member.isEmpty() ? List.<String>of() : roles) {
      var binding = object("{\"role\": \"%s\", \"members\": [\"%s\"]}".formatted(role, member));
      if (!expression.isEmpty()) {
        var condition = object("{\"title\": \"t\"}");
        condition.addProperty("expression", expression);
        binding.add("condition", condition);
      }
      bindings.add(binding);
    }
    var policy = new JsonObject();
    policy.add("bindings", bindings);
    world.getAsJsonObject("policies").add(resource, (JsonElement) policy);
  }

  private static void add(JsonArray bindings, String role, String member) {
    bindings.add(object("{\"role\": \"%s\", \"members\": [\"%s\"]}".formatted(role, member)));
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }
}
