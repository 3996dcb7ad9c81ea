package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.RemovalLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small project, drawn from a seed: what there is, and what plans want of it. Everything is from
/// small pools, so that plans, rivals and what is there meet in the same lines.
final class Scene {
  private static final Resource.Account INVOKER =
      Resource.Account.inProject(Google.PROJECT, "invoker");
  private static final Resource.Account ROBOT = Resource.Account.inProject(Google.PROJECT, "robot");
  private static final Resource.Service SERVICE =
      new Resource.Service(Google.PROJECT, "us-central1", "kleos-service");
  private static final Resource.Project PROJECT = new Resource.Project(Google.PROJECT);

  /// A role that no plan here answers for.
  static final String FOREIGN = "roles/iam.serviceAccountAdmin";

  /// What a person says who means it.
  static final Overrides EVERYTHING_ALLOWED =
      new Overrides(RemovalLimit.NONE, Set.of(Consent.values()));

  private static final List<String> OF_ACCOUNTS =
      List.of(Role.IMPERSONATION.get(0).name(), Role.IMPERSONATION.get(1).name());
  private static final List<String> OF_OTHERS =
      List.of(Role.RUN_INVOKER.name(), Role.RUN_SERVICES_INVOKER.name());

  private static final List<String> MEMBERS =
      List.of(
          "user:alice@example.com",
          "user:bob@example.com",
          "user:carol@example.com",
          "user:dave@example.com",
          "group:devs@example.com",
          "serviceAccount:runner@other.iam.gserviceaccount.com",
          "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*");
  private static final List<String> PROTECTED =
      List.of(
          "serviceAccount:service-123456789012@gcp-sa-x.iam.gserviceaccount.com",
          "deleted:user:erin@example.com?uid=123");
  private static final String ALIAS = "user:ali@example.com";
  private static final String NOBODY = "user:nobody@example.com";

  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.until(RandomIam.NOW.plusSeconds(86_400)),
          Condition.until(RandomIam.NOW.plusSeconds(172_800)),
          Condition.until(RandomIam.NOW.minusSeconds(3600)),
          new Condition("hours", "request.time.getHours(\"UTC\") < 18", ""),
          new Condition("hours", "request.time.getHours(\"UTC\") < 18", "another description"));

  private final List<Resource> resources = new ArrayList<>();
  private final boolean hasAlias;
  private final boolean hasNobody;
  private final boolean isInvokerThere;
  private final DesiredState desired;
  private final Overrides overrides;
  private final Duration timeout;

  private Scene(Dice dice) {
    this.hasAlias = dice.chance(15);
    this.hasNobody = dice.chance(15);
    this.isInvokerThere = dice.chance(50);
    resources.add(INVOKER);
    if (dice.chance(70)) {
      resources.add(SERVICE);
    }
    if (dice.chance(30)) {
      resources.add(ROBOT);
    }
    if (dice.chance(15)) {
      resources.add(PROJECT);
    }
    this.desired = draw(dice);
    this.overrides = dice.chance(15) ? Overrides.NONE : EVERYTHING_ALLOWED;
    this.timeout = Duration.ofSeconds(dice.oneOf(List.of(20, 60, 300)));
  }

  static Scene of(Dice dice) {
    return new Scene(dice);
  }

  /// What plans and rivals are about.
  List<Resource> resources() {
    return resources;
  }

  /// What the plan wants.
  DesiredState desired() {
    return desired;
  }

  /// Another plan for the same resources.
  DesiredState another(Dice dice) {
    return draw(dice);
  }

  /// What the person allows.
  Overrides overrides() {
    return overrides;
  }

  /// How long reading and writing are tried.
  Duration timeout() {
    return timeout;
  }

  /// By the name that is sent, the one that Google stores.
  Map<String, String> aliases() {
    return hasAlias ? Map.of(ALIAS, MEMBERS.getFirst()) : Map.of();
  }

  /// Whom Google does not accept.
  Set<String> refused() {
    return hasNobody ? Set.of(NOBODY) : Set.of();
  }

  /// Puts there what was there before.
  void begin(Google google, Dice dice) {
    for (var resource : resources) {
      if (resource.equals(INVOKER) && !isInvokerThere) {
        continue;
      }
      if (resource instanceof Resource.Account account) {
        google.begin(new ServiceAccount(account, "Some name", "", "1".repeat(21), false));
      }
      var lines = new LinkedHashSet<Line>();
      for (var number = dice.upTo(9); number > 0; number--) {
        var line = anyLine(dice, resource);
        lines.add(line);
        if (dice.chance(10)) {
          lines.add(line.with(line.member().replace("@example.com", "@Example.COM")));
        }
      }
      google.begin(resource, lines, dice.upTo(3));
    }
  }

  /// What somebody could have there.
  Line anyLine(Dice dice, Resource resource) {
    var role = dice.chance(30) ? FOREIGN : dice.oneOf(roles(resource));
    var member = dice.oneOf(dice.chance(12) ? PROTECTED : MEMBERS);
    var spelled = dice.chance(15) ? member.replace("@example.com", "@EXAMPLE.com") : member;
    return new Line(role, spelled, anyCondition(dice));
  }

  @Nullable Condition anyCondition(Dice dice) {
    return dice.chance(60) ? null : dice.oneOf(CONDITIONS);
  }

  /// What the plan wants there.
  List<Line> wanted(Resource resource) {
    return desired.policies().stream()
        .filter(policy -> policy.resource().equals(resource))
        .flatMap(policy -> policy.grants().stream())
        .map(Line::of)
        .filter(line -> !line.member().equals(NOBODY) && !line.member().equals(ALIAS))
        .toList();
  }

  private DesiredState draw(Dice dice) {
    var accounts = new ArrayList<ServiceAccount>();
    accounts.add(ServiceAccount.desired(INVOKER, dice.chance(50) ? "Kleos invoker" : null, null));
    if (resources.contains(ROBOT) && dice.chance(50)) {
      accounts.add(ServiceAccount.desired(ROBOT, null, "A robot"));
    }
    var policies = resources.stream().map(resource -> policy(dice, resource)).toList();
    return new DesiredState(
        accounts, policies, dice.chance(10) ? Map.of(Google.PROJECT, Google.NUMBER) : Map.of());
  }

  private DesiredPolicy policy(Dice dice, Resource resource) {
    var wanted = new LinkedHashMap<Grant.Assignment, Grant>();
    for (var number = dice.upTo(7); number > 0; number--) {
      var line = new Line(dice.oneOf(roles(resource)), member(dice, resource), anyEnd(dice));
      wanted.put(line.grant().assignment(), line.grant());
    }
    var managed = new LinkedHashSet<Role>();
    roles(resource).forEach(role -> managed.add(new Role(role)));
    return new DesiredPolicy(
        resource,
        new LinkedHashSet<>(wanted.values()),
        Map.of(),
        managed,
        Set.of(),
        dice.oneOf(List.of(Unmanaged.REPORT, Unmanaged.REMOVE, Unmanaged.REMOVE)));
  }

  private String member(Dice dice, Resource resource) {
    if (hasAlias && dice.chance(20)) {
      return ALIAS;
    }
    if (hasNobody && dice.chance(20)) {
      return NOBODY;
    }
    if (dice.chance(15) && !resource.equals(INVOKER)) {
      return INVOKER.principal().spelling();
    }
    return dice.oneOf(MEMBERS);
  }

  /// A condition that a plan may have: one that has not ended.
  private static @Nullable Condition anyEnd(Dice dice) {
    return dice.chance(60)
        ? null
        : dice.oneOf(List.of(CONDITIONS.get(0), CONDITIONS.get(1), CONDITIONS.get(3)));
  }

  private static List<String> roles(Resource resource) {
    return resource instanceof Resource.Account ? OF_ACCOUNTS : OF_OTHERS;
  }
}
