package dev.kleos.iam.emulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Builds the world that a file describes; each part may refer to what stands in the parts before
/// it.
final class WorldBuilder {
  private static final Set<String> KEYS =
      Set.of(
          WorldReader.HEADER,
          "limits",
          "projects",
          "services",
          "disabledApis",
          "identities",
          "aliases",
          "groups",
          "roles",
          "serviceAccounts",
          "policies");
  private static final Set<String> PROJECT_KEYS = Set.of("number");
  private static final Set<String> IDENTITY_TYPES = Set.of("user", "group");
  private static final Set<String> ACCOUNT_KEYS =
      Set.of("project", "email", "displayName", "description", "disabled", "deleteTime");

  private static final Pattern UNIQUE_ID = Pattern.compile("[0-9]{21}");

  /// See [Account#deletedMember()].
  private static final Pattern DELETED =
      Pattern.compile("deleted:serviceAccount:[^@:\\s]+@[^@:?\\s]+\\?uid=[0-9]{21}");

  private final World world = World.empty();

  private WorldBuilder() {}

  /// @throws com.google.gson.JsonParseException saying where the file is not of the format
  static World build(JsonNode root) {
    var members = root.members(KEYS);
    var builder = new WorldBuilder();
    if (members.containsKey("limits")) {
      builder.liftLimits(members.get("limits"));
    }
    return builder.world.write(() -> builder.fill(members));
  }

  private World fill(Map<String, JsonNode> members) {
    object(members, "projects").forEach(this::addProject);
    if (members.containsKey("services")) {
      members.get("services").elements().forEach(this::addService);
    }
    object(members, "disabledApis").forEach(this::disableApis);
    object(members, "identities").forEach(this::addIdentity);
    object(members, "aliases").forEach(this::addAlias);
    object(members, "groups").forEach(this::addGroup);
    object(members, "roles").forEach(this::addRole);
    object(members, "serviceAccounts").forEach(this::addAccount);
    object(members, "policies").forEach(this::addPolicy);
    return world;
  }

  private void liftLimits(JsonNode node) {
    if (!node.text().equals("off")) {
      throw node.wrong("can only be \"off\"");
    }
    world.liftLimits();
  }

  private void addProject(String id, JsonNode node) {
    if (!ResourceName.isSegment(id)) {
      throw node.wrong("is not the id of a project");
    }
    var number = text(node.members(PROJECT_KEYS), "number").orElse("");
    if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw node.wrong("must have a number, as a text of digits");
    }
    if (world.projects.hasNumber(number)) {
      throw node.wrong("has the number of another project");
    }
    world.projects.put(new Project(id, number));
  }

  private void addService(JsonNode node) {
    var service = ServiceJson.read(node, world.projects);
    world.services.put(service.key(), service);
  }

  private void disableApis(String projectId, JsonNode node) {
    var project = world.projects.all().get(projectId);
    if (project == null) {
      throw node.wrong("must stand under the id of a project of this file");
    }
    for (var api : node.elements()) {
      if (!ApiHosts.TITLES.containsKey(api.text())) {
        throw api.wrong("can only be one of " + String.join(", ", ApiHosts.TITLES.keySet()));
      }
      world.apis.disable(project, api.text());
    }
  }

  private void addIdentity(String address, JsonNode node) {
    if (!Emails.isAddress(address)) {
      throw node.wrong("must stand under an email address");
    }
    if (Emails.isServiceAccount(address)) {
      throw node.wrong("has the address of a service account");
    }
    var key = Emails.key(address);
    if (world.persons.identities.get(key).isPresent()) {
      throw node.wrong("has the address of another identity");
    }
    if (!IDENTITY_TYPES.contains(node.text())) {
      throw node.wrong("can only be \"user\" or \"group\"");
    }
    world.persons.identities.put(key, node.text());
  }

  private void addAlias(String alias, JsonNode node) {
    var address = node.text();
    if (!Emails.isOfPerson(alias) || !Emails.isOfPerson(address)) {
      throw node.wrong("must be the address of a user or a group, under another one");
    }
    var key = Emails.key(alias);
    if (world.persons.aliases.get(key).isPresent()) {
      throw node.wrong("has the address of another alias");
    }
    world.persons.aliases.put(key, address);
  }

  private void addGroup(String address, JsonNode node) {
    if (!Emails.isOfPerson(address)) {
      throw node.wrong("must stand under the email address of a group");
    }
    var key = Emails.key(address);
    if (world.persons.isUser(address)) {
      throw node.wrong("has the address of a user");
    }
    if (world.persons.groups.get(key).isPresent()) {
      throw node.wrong("has the address of another group");
    }
    world.persons.groups.put(key, node.elements().stream().map(WorldBuilder::groupMember).toList());
  }

  private void addRole(String name, JsonNode node) {
    var role = RoleJson.read(name, node);
    var project = RoleJson.project(name);
    if (project.filter(id -> world.projects.all().containsKey(id)).isEmpty()) {
      throw node.wrong("must stand under projects/P/roles/R, of a project of this file");
    }
    world.roles.put(name, role);
  }

  private void addAccount(String uniqueId, JsonNode node) {
    var members = node.members(ACCOUNT_KEYS);
    var account =
        new Account(
            uniqueId,
            text(members, "project").orElse(""),
            text(members, "email").orElse(""),
            text(members, "displayName").orElse(""),
            text(members, "description").orElse(""),
            Optional.ofNullable(members.get("disabled")).map(JsonNode::flag).orElse(false),
            Optional.ofNullable(members.get("deleteTime")).map(WorldBuilder::instant));
    if (!UNIQUE_ID.matcher(uniqueId).matches()) {
      throw node.wrong("must stand under a unique id of 21 digits");
    }
    if (!world.projects.all().containsKey(account.project())) {
      throw node.wrong("must have a project of this file");
    }
    if (!Emails.isServiceAccount(account.email())) {
      throw node.wrong("must have an email that ends in .gserviceaccount.com");
    }
    if (account.deleted().isEmpty() && world.accounts.live(account.email()).isPresent()) {
      throw node.wrong("has the email of another account that is not deleted");
    }
    world.accounts.put(account);
  }

  private void addPolicy(String resource, JsonNode node) {
    var key =
        ResourceName.parse(resource)
            .flatMap(name -> world.key(name).or(() -> deletedAccount(name)))
            .orElseThrow(() -> node.wrong("is the policy of nothing in this file"));
    world.policies.restore(key, PolicyReader.read(node));
  }

  private Optional<String> deletedAccount(ResourceName name) {
    return name instanceof ResourceName.OfAccount(var project, var uniqueId)
        ? world
            .accounts
            .byUniqueId(uniqueId)
            .filter(it -> it.project().equals(project))
            .map(Account::key)
        : Optional.empty();
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.text());
    } catch (DateTimeException e) {
      throw node.wrong("must be a time, such as 2026-11-23T10:00:00Z");
    }
  }

  private static String groupMember(JsonNode node) {
    if (!Emails.isAddress(node.text()) && !DELETED.matcher(node.text()).matches()) {
      throw node.wrong("must be an email address");
    }
    return node.text();
  }

  private static Optional<String> text(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::text);
  }

  private static Map<String, JsonNode> object(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonNode::members).orElse(Map.of());
  }
}
