package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A random plan file in the many ways in which people write one, and what it means, written down
/// beside the text rather than read from it.
final class RandomPlan {
  static final String PROJECT = "kleos-demo";
  private static final String REGION = "us-central1";
  private static final List<String> ACCOUNTS =
      List.of("kleos-invoker", "ci-runner", "backup-job", "deployer@other-project");

  final Random random;
  final RandomLines lines;

  /// The lists of each resource, its own first; a principal may stand in several.
  final Map<Resource, List<EntryBlock>> lists = new LinkedHashMap<>();

  private final int step;

  RandomPlan(long seed) {
    random = new Random(seed);
    step = chance(4) ? 4 : 2;
    lines = new RandomLines(random);
    if (chance(5)) {
      lines.bare("---");
    }
    lines.add(0, "version: 1", Set.of());
    lines.add(0, "project: " + PROJECT, Set.of());
    lines.add(0, "region: " + REGION, Set.of());
    if (chance(4)) {
      lines.add(0, "userRoles: [" + Role.IMPERSONATION.getFirst() + "]", Set.of());
    }
    var userRoles =
        lines.text().contains("userRoles")
            ? List.of(Role.IMPERSONATION.getFirst())
            : Role.IMPERSONATION;
    lines.add(0, "serviceAccounts:", Set.of());
    for (var account : ACCOUNTS.subList(0, 1 + random.nextInt(ACCOUNTS.size()))) {
      var referred = account.contains("@");
      var key = referred ? account + ".iam.gserviceaccount.com" : account;
      var resource =
          referred ? Resource.Account.ofEmail(key) : Resource.Account.inProject(PROJECT, account);
      resource(resource, key, "users", userRoles, !referred);
    }
    if (chance(2)) {
      lines.add(0, "services:", Set.of());
      service("kleos-service", "kleos-service", REGION);
      service("europe-west1/other", "other", "europe-west1");
    }
    if (chance(2)) {
      lines.add(0, "projectPolicy:", Set.of());
      var project = new Resource.Project(PROJECT);
      bindings(project, step, 1 + random.nextInt(2));
    }
    if (chance(8)) {
      lines.bare("...");
    }
    lines.finish();
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("seeds", 200));
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void service(String key, String name, String region) {
    resource(
        new Resource.Service(PROJECT, region, name),
        key,
        "invokers",
        List.of(Role.RUN_INVOKER),
        false);
  }

  private void resource(
      Resource resource, String key, String listKey, List<Role> roles, boolean named) {
    var entries = entries(listKey.equals("invokers"), chance(3) ? 0 : random.nextInt(4));
    var own = new EntryBlock(listKey, entries, roles, null);
    lists.put(resource, new ArrayList<>(List.of(own)));
    var writer = new RandomEntries(this, resource);
    var quoted = chance(6) ? "'" + key + "'" : key;
    if (chance(4)) {
      writer.braces(step, quoted, own, named && chance(2));
      return;
    }
    if (entries.isEmpty() && chance(3)) {
      lines.add(step, quoted + ":", Set.of());
      return;
    }
    lines.add(step, quoted + ":", Set.of());
    var column = 2 * step;
    var before = lines.count();
    if (named && chance(2)) {
      lines.add(
          column, "displayName: " + pick(List.of("Invoker", "'The 😀'", "\"a: b\"")), Set.of());
    }
    if (named && chance(4)) {
      lines.block(column, "description: >-", List.of("of", "several lines"), Set.of());
    }
    if (chance(4)) {
      lines.add(column, "unmanaged: report", Set.of());
    }
    writer.list(column, own, true);
    if (chance(2)) {
      bindings(resource, column, random.nextInt(3));
    }
    if (lines.count() == before) {
      lines.add(column, "unmanaged: report", Set.of());
    }
  }

  private void bindings(Resource resource, int column, int count) {
    if (count == 0) {
      lines.add(column, "bindings: []", Set.of());
      return;
    }
    lines.add(column, "bindings:", Set.of());
    var dash = chance(2) ? column : column + 2;
    var roles = List.of("roles/viewer.one", "roles/viewer.two");
    for (var role : roles.subList(0, count)) {
      var condition =
          chance(3) ? new Condition("office", "request.time.getHours() < 18", "") : null;
      var members = entries(false, random.nextInt(3));
      if (condition != null) {
        members.replaceAll(
            entry -> new RandomEntry(entry.name(), null, entry.reason(), entry.allow()));
      }
      var block = new EntryBlock("members", members, List.of(new Role(role)), condition);
      lists.computeIfAbsent(resource, _ -> new ArrayList<>()).add(block);
      lines.add(dash, "- role: " + role, Set.of());
      if (condition != null) {
        lines.add(
            dash + 2,
            "condition: {title: office, expression: 'request.time.getHours() < 18'}",
            Set.of());
      }
      new RandomEntries(this, resource).list(dash + 2, block, false);
    }
  }

  /// Some principals, none twice.
  private List<RandomEntry> entries(boolean everyone, int count) {
    var names =
        new ArrayList<>(
            List.of(
                "user:alice@example.com",
                "user:Bob@Example.com",
                "group:devs@example.com",
                "domain:example.com",
                "kleos-invoker",
                "serviceAccount:kleos-demo.svc.id.goog[ci/runner]",
                "principalSet://iam.googleapis.com/projects/1/x/*"));
    if (everyone) {
      names.add("allUsers");
    }
    var entries = new ArrayList<RandomEntry>();
    for (var i = 0; i < count; i++) {
      var name = names.remove(random.nextInt(names.size()));
      var plain = name.equals("allUsers") || chance(2);
      entries.add(
          new RandomEntry(
              name,
              plain || chance(2) ? null : pick(List.of("2027-03-31", "2028-01-01T08:00:00Z")),
              plain || chance(2) ? null : pick(REASONS),
              chance(10) ? "public" : null));
    }
    return entries;
  }

  static final List<String> REASONS =
      List.of(
          "contractor",
          "on call, week 3",
          "OPS-12: audit",
          "has # hash",
          "it's",
          "Zürich 😀",
          "yes",
          "12",
          "-",
          "[x]",
          "ends:",
          "\"quoted\"",
          "a \\ b");

  /// A list of entries as the file means it.
  record EntryBlock(
      String key, List<RandomEntry> entries, List<Role> roles, @Nullable Condition condition) {
    boolean isOwn() {
      return !key.equals("members");
    }
  }

  /// An entry as the file means it.
  record RandomEntry(
      String name, @Nullable String until, @Nullable String reason, @Nullable String allow) {
    Principal principal() {
      return name.contains(":") || name.startsWith("all")
          ? Principal.of(name)
          : Resource.Account.inProject(PROJECT, name).principal();
    }

    @Nullable Condition condition() {
      return until == null
          ? null
          : ((Parsed.Good<End>) UntilSyntax.parse(until)).value().condition();
    }
  }

  /// What the file grants.
  static Map<Resource, Set<Grant>> grants(Map<Resource, List<EntryBlock>> lists) {
    var grants = new LinkedHashMap<Resource, Set<Grant>>();
    lists.forEach((resource, blocks) -> {
      var all = new HashSet<Grant>();
      for (var block : blocks) {
        for (var entry : block.entries()) {
          for (var role : block.roles()) {
            var condition = block.condition() == null ? entry.condition() : block.condition();
            all.add(new Grant(role, entry.principal(), condition));
          }
        }
      }
      grants.put(resource, all);
    });
    return grants;
  }
}
