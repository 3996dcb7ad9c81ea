package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where one key decides about another, the schema and the reader are of one mind on every
/// combination; and they draw the same lines.
class SchemaRulesTest {
  private static final List<String> ENTRIES =
      List.of(
          "'user:a@example.com'",
          "{principal: 'user:a@example.com', until: '2027-01-31'}",
          "{principal: 'user:a@example.com', until: null, reason: null, allow: null}",
          "{principal: 'user:a@example.com', reason: 'x', allow: 'project-wide'}",
          "{until: '2027-01-31', reason: 'x'}",
          "'allUsers'",
          "{principal: 'allUsers', allow: 'public'}",
          "{principal: 'allUsers', until: null}",
          "{principal: 'allAuthenticatedUsers', until: '2027-01-31'}",
          "null",
          "7");
  private static final List<String> ROLES =
      List.of(
          "roles/owner",
          "roles/editor",
          "roles/viewer",
          "roles/admin",
          "roles/writer",
          "roles/reader",
          "roles/run.viewer");

  @Test
  void binding_ofEveryRoleMemberAndCondition_isJudgedAlike() {
    var conditions =
        List.of(
            "",
            ", condition: null",
            ", condition: {title: 't', expression: 'true', description: null}",
            ", condition: {title: ' ', expression: 'true'}",
            ", condition: {title: 't', expression: ' '}",
            ", condition: {}");
    var lists = new ArrayList<>(List.of("null", "[]"));
    ENTRIES.forEach(entry -> lists.add("[" + entry + "]"));
    var verdicts = new ArrayList<Boolean>();
    for (var role : ROLES) {
      for (var members : lists) {
        for (var condition : conditions) {
          var binding = "{role: '" + role + "', members: " + members + condition + "}";
          verdicts.add(judge("projectPolicy: {bindings: [" + binding + "]}"));
        }
      }
      verdicts.add(judge("projectPolicy: {bindings: [{role: '" + role + "'}]}"));
    }

    assertThat(verdicts).contains(true, false);
  }

  @Test
  void user_ofEveryAccountUnderEveryRole_isJudgedAlike() {
    var accounts = List.of("kleos-invoker", "a-bot@other-demo.iam.gserviceaccount.com", "a@b.c");
    var bodies = new ArrayList<>(List.of("null", "[]", "{}", "{users: null, bindings: null}"));
    bodies.addAll(List.of("{displayName: null, description: null, unmanaged: null}", "{user: []}"));
    ENTRIES.forEach(entry -> bodies.add("{users: [" + entry + "]}"));
    var verdicts = new ArrayList<Boolean>();
    for (var account : accounts) {
      for (var body : bodies) {
        var plan = "serviceAccounts: {'" + account + "': " + body + "}";
        verdicts.add(judge(plan));
        verdicts.add(judge(plan + ", userRoles: null"));
        for (var role : ROLES) {
          verdicts.add(judge(plan + ", userRoles: ['roles/run.viewer', '" + role + "']"));
        }
      }
    }

    assertThat(verdicts).contains(true, false);
  }

  @Test
  void service_withAndWithoutRegions_isJudgedAlike() {
    var services =
        List.of(
            "null",
            "{}",
            "[]",
            "{front: null}",
            "{front: {invokers: null, bindings: null, unmanaged: null}}",
            "{'us-central1/front': {}}",
            "{'us-central1/front': {}, front: {}}");
    var verdicts = new ArrayList<Boolean>();
    for (var region : List.of("", ", region: null", ", region: 'us-central1'")) {
      verdicts.add(judge("project: 'kleos-demo'" + region));
      services.forEach(it -> verdicts.add(judge("services: " + it + region)));
    }

    assertThat(verdicts).contains(true, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "100 | serviceAccounts: {kleos-invoker: {displayName: '%s'}} | ``",
        "256 | serviceAccounts: {kleos-invoker: {description: '%s'}} | ``",
        "300 | project: '%s.com:kleos' | .com:kleos",
        "300 | region: '%s-x1' | -x1",
        "300 | projectPolicy: {bindings: [{role: 'roles/%s', members: []}]} | roles/",
        "320 | serviceAccounts: {'a@%s.gserviceaccount.com': {}} | a@.gserviceaccount.com",
        "320 | serviceAccounts: {kleos-invoker: {users: ['user:a@%s.com']}} | a@.com",
        "320 | serviceAccounts: {kleos-invoker: {users: ['serviceAccount:a@%s.gserviceaccount.com']}}"
            + " | a@.gserviceaccount.com",
        "320 | serviceAccounts: {kleos-invoker: {users: ['domain:%s.com']}} | .com",
        "1000 | serviceAccounts: {kleos-invoker: {users: ['principal://a/%s']}} | principal://a/"
      })
  void text_ofTheLongestLength_isValidAndALongerOneIsNot(
      int longest, String plan, String aroundIt) {
    var length = longest - aroundIt.length();

    assertThat(judge(plan.formatted("x".repeat(length)))).isTrue();
    assertThat(judge(plan.formatted("x".repeat(length + 1)))).isFalse();
  }

  @Test
  void project_leftOutOrNull_isLeftToTheEnvironment() {
    assertThat(judge("project: null")).isTrue();
    assertThat(judge("unmanaged: null, expectedProjectNumber: null")).isTrue();
  }

  private static boolean judge(String keys) {
    return SchemaLawsTest.isJudgedAlike(JsonParser.parseString("{version: 1, " + keys + "}"));
  }
}
