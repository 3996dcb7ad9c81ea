package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String PROJECT = "projects/kleos-demo";
  private static final String SERVICE = PROJECT + "/locations/us-central1/services/kleos-service";
  private static final String OTHER = PROJECT + "/locations/us-central1/services/other";
  private static final String ACCOUNT = PROJECT + "/serviceAccounts/107569531804217301234";
  private static final String INVOKER = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String POOL =
      "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci";
  private static final String INVOKE = "run.routes.invoke";

  private static final Identity ALICE = new Identity.Person("alice@example.com");

  /// A Monday; 11:30 in Berlin.
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  @Test
  void theOperator_mayDoEverything_alsoWhatNoRoleCarries() {
    assertThat(access("").allows(new Identity.Operator(), "no.such.permission", SERVICE)).isTrue();
  }

  @Test
  void aGrant_holdsForItsOwnResource_andItsRolesPermissionsAlone() {
    var access = access(policy(SERVICE, "roles/run.invoker", "user:alice@example.com", ""));

    assertThat(access.allows(ALICE, INVOKE, SERVICE)).isTrue();
    assertThat(access.allows(ALICE, INVOKE, OTHER)).isFalse();
    assertThat(access.allows(ALICE, INVOKE, PROJECT)).isFalse();
    assertThat(access.allows(ALICE, "run.services.get", SERVICE)).isFalse();
  }

  @Test
  void aProjectsGrant_holdsForAllInIt() {
    var access =
        access(
            policy(PROJECT, "roles/iam.serviceAccountTokenCreator", "user:alice@example.com", ""));

    assertThat(access.allows(ALICE, "iam.serviceAccounts.getAccessToken", ACCOUNT)).isTrue();
    assertThat(access.allows(ALICE, "iam.serviceAccounts.getAccessToken", PROJECT)).isTrue();
    assertThat(
            access.allows(
                ALICE,
                "iam.serviceAccounts.getAccessToken",
                "projects/elsewhere/serviceAccounts/1"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"roles/no.such", "projects/kleos-demo/roles/unknown"})
  void aRoleThatNobodyKnows_carriesNothing(String role) {
    assertThat(
            access(policy(SERVICE, role, "user:alice@example.com", ""))
                .allows(ALICE, INVOKE, SERVICE))
        .isFalse();
  }

  @Test
  void aCustomRole_carriesWhatTheWorldSays() {
    var access =
        access(policy(PROJECT, "projects/kleos-demo/roles/caller", "user:alice@example.com", ""));

    assertThat(access.allows(ALICE, INVOKE, SERVICE)).isTrue();
    assertThat(access.allows(ALICE, "run.services.get", SERVICE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "user:alice@example.com, true",
    "user:Alice@Example.COM, true",
    "user:ally@example.com, true",
    "user:bob@example.com, false",
    "group:alice@example.com, false",
    "serviceAccount:alice@example.com, false",
    "group:team@example.com, true",
    "group:Team@example.com, true",
    "group:crew@example.com, true",
    "group:all@example.com, true",
    "group:others@example.com, false",
    "domain:example.com, true",
    "domain:Example.com, true",
    "domain:other.example.com, false",
    "allAuthenticatedUsers, true",
    "allUsers, true",
    "deleted:user:alice@example.com?uid=123456789012345678901, false",
    "projectOwner:kleos-demo, false",
    "principal://iam.googleapis.com/x/subject/alice@example.com, false",
  })
  void aPerson_isTheseMembers(String member, boolean allowed) {
    assertThat(allowed(ALICE, member)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "serviceAccount:kleos-invoker@kleos-demo.iam.gserviceaccount.com, true",
    "serviceAccount:Kleos-Invoker@kleos-demo.iam.gserviceaccount.com, true",
    "user:kleos-invoker@kleos-demo.iam.gserviceaccount.com, false",
    "deleted:serviceAccount:kleos-invoker@kleos-demo.iam.gserviceaccount.com?uid=107569531804217301234, false",
    "group:robots@example.com, true",
    "domain:kleos-demo.iam.gserviceaccount.com, false",
    "allAuthenticatedUsers, true",
    "allUsers, true",
  })
  void aServiceAccount_isTheseMembers(String member, boolean allowed) {
    var account = world("").accounts.live(INVOKER).orElseThrow();
    assertThat(allowed(new Identity.ServiceAccount(account), member)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "principal:POOL/subject/alice, true",
    "principal:POOL/subject/Alice, false",
    "principal:POOL/subject/bob, false",
    "principalSet:POOL/*, true",
    "principalSet:POOLx/*, false",
    "principalSet:POOL/group/devs, false",
    "allAuthenticatedUsers, false",
    "allUsers, true",
  })
  void somebodyOfAPool_isTheseMembers(String member, boolean allowed) {
    var who = new Identity.Federated("principal:" + POOL + "/subject/alice");
    assertThat(allowed(who, member.replace("POOL", POOL))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "principal:POOL/subject/a/subject/b, true",
    "principalSet:POOL/*, true",
    "principalSet:POOL/subject/a/*, false",
  })
  void somebodyOfAPool_whoseNameLooksLikeAPath_isOfThatPoolAlone(String member, boolean allowed) {
    var who = new Identity.Federated("principal:" + POOL + "/subject/a/subject/b");
    assertThat(allowed(who, member.replace("POOL", POOL))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"allUsers, true", "allAuthenticatedUsers, false", "user:alice@example.com, false"})
  void somebodyAnonymous_isAllUsers_andNobodyElse(String member, boolean allowed) {
    assertThat(allowed(new Identity.Anonymous(), member)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          request.time < timestamp("2026-11-23T10:30:01Z") | true
          request.time < timestamp("2026-11-23T10:30:00Z") | false
          request.time >= timestamp("2026-11-23T10:30:00Z") | true
          request.time < timestamp("2026-11-23T10:00:00Z") + duration("1800s") | false
          request.time.getHours("Europe/Berlin") == 11 | true
          request.time.getHours() == 10 | true
          request.time.getHours("Europe/Berlin") >= 9 && request.time.getHours("Europe/Berlin") <= 17 && request.time.getDayOfWeek("Europe/Berlin") >= 1 && request.time.getDayOfWeek("Europe/Berlin") <= 5 | true
          request.time.getDayOfWeek("Pacific/Auckland") == 1 | true
          request.time.getHours("America/New_York") >= 9 | false
          request.time.getHours("Nowhere/City") >= 0 | false
          resource.name == "projects/kleos-demo/locations/us-central1/services/kleos-service" | true
          resource.name.startsWith("projects/kleos-demo/locations/us-central1/") | true
          resource.name.endsWith("/other") | false
          resource.name.extract("services/{name}") == "kleos-service" | true
          resource.name.extract("locations/{region}/") == "us-central1" | true
          resource.name.extract("{start}/locations") == "projects/kleos-demo" | true
          resource.name.extract("zones/{zone}/") == "" | true
          resource.name.extract("services") == "" | true
          resource.type == "run.googleapis.com/Service" | true
          resource.service == "run.googleapis.com" | true
          resource.type == "cloudresourcemanager.googleapis.com/Project" | false
          api.getAttribute("iam.googleapis.com/x", 3) == 3 | true
          api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly(["roles/x"]) | false
          resource.matchTag("1/env", "prod") | false
          resource.nam == "x" | false
          request.time < | false
          1 / 0 == 1 | false
          "yes" | false
          true | true
          """)
  void aCondition_isMet_whereItsExpressionHolds(String expression, boolean met) {
    for (var resource : new String[] {SERVICE, PROJECT}) {
      var access =
          access(policy(resource, "roles/run.invoker", "user:alice@example.com", expression));
      assertThat(access.allows(ALICE, INVOKE, SERVICE)).as(resource).isEqualTo(met);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "projects/kleos-demo, cloudresourcemanager.googleapis.com/Project",
    "projects/kleos-demo/serviceAccounts/107569531804217301234, iam.googleapis.com/ServiceAccount",
  })
  void aCondition_seesTheResourceThatIsAskedFor_notTheOneOfThePolicy(String key, String type) {
    var expression = "resource.type == \"" + type + "\" && resource.name == \"" + key + "\"";
    var access = access(policy(PROJECT, "roles/viewer", "user:alice@example.com", expression));

    assertThat(access.allows(ALICE, "resourcemanager.projects.get", key)).isTrue();
    assertThat(access.allows(ALICE, "resourcemanager.projects.get", SERVICE)).isFalse();
  }

  @Test
  void conditionsWithoutEnd_areForgotten_andStillRight() {
    var world = world("");
    var access = new Access(world, Clock.fixed(NOW, ZoneOffset.UTC));
    for (var i = 0; i < 1100; i++) {
      world.putPolicy(
          SERVICE,
          Google.policy(
              Google.binding(
                  "roles/run.invoker",
                  Google.condition("t", i + " % 2 == 0"),
                  "user:alice@example.com")));
      assertThat(access.allows(ALICE, INVOKE, SERVICE)).isEqualTo(i % 2 == 0);
    }
  }

  private static boolean allowed(Identity who, String member) {
    return access(policy(SERVICE, "roles/run.invoker", member, "")).allows(who, INVOKE, SERVICE);
  }

  private static Access access(String policies) {
    return new Access(world(policies), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String policy(String key, String role, String member, String condition) {
    var escaped = condition.replace("\"", "\\\"");
    return """
    "%s": {"bindings": [{"role": "%s", "members": ["%s"]%s}]}
    """
        .formatted(
            key,
            role,
            member,
            condition.isEmpty()
                ? ""
                : ", \"condition\": {\"title\": \"t\", \"expression\": \"" + escaped + "\"}");
  }

  private static World world(String policies) {
    var content =
        """
        {
          "kleosIamEmulator": 1,
          "projects": {"kleos-demo": {"number": "123456789012"}},
          "services": [
            "projects/kleos-demo/locations/us-central1/services/kleos-service",
            "projects/kleos-demo/locations/us-central1/services/other"],
          "aliases": {"ally@example.com": "Alice@example.com"},
          "groups": {
            "Team@example.com": ["bob@example.com", "ally@example.com"],
            "crew@example.com": ["team@example.com", "all@example.com"],
            "all@example.com": ["crew@example.com", "all@example.com"],
            "others@example.com": ["bob@example.com"],
            "robots@example.com": ["kleos-invoker@kleos-demo.iam.gserviceaccount.com"]
          },
          "roles": {
            "projects/kleos-demo/roles/caller": {"includedPermissions": ["run.routes.invoke"]}
          },
          "serviceAccounts": {
            "107569531804217301234": {
              "project": "kleos-demo", "email": "kleos-invoker@kleos-demo.iam.gserviceaccount.com"}
          },
          "policies": {POLICIES}
        }
        """
            .replace("POLICIES", policies);
    return WorldReader.read(content.getBytes(UTF_8), "FILE");
  }
}
