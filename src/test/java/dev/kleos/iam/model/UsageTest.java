package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much of Google's limits a policy uses.
class UsageTest {
  private static final Role VIEWER = new Role("roles/run.viewer");

  @Test
  void principals_countEveryOccurrence_spellingsAndExemptionsToo() {
    var policy =
        AllowPolicy.of(
                "etag",
                List.of(
                    Grant.of(Role.RUN_INVOKER, Principal.of("user:alice@example.com")),
                    Grant.of(Role.RUN_INVOKER, Principal.of("user:Alice@example.com")),
                    Grant.of(VIEWER, Principal.of("user:alice@example.com")),
                    Grant.of(VIEWER, Principal.of("deleted:user:x@example.com?uid=1"))))
            .withExemptions(7);

    assertThat(used(policy, Limit.PRINCIPALS)).isEqualTo(4 + 7);
  }

  @Test
  void groups_countOnce_andDomainsEveryTime() {
    var policy =
        policy(
            Grant.of(Role.RUN_INVOKER, Principal.of("group:a@example.com")),
            Grant.of(VIEWER, Principal.of("group:A@example.com")),
            Grant.of(Role.RUN_INVOKER, Principal.of("domain:example.com")),
            Grant.of(VIEWER, Principal.of("domain:example.com")),
            Grant.of(VIEWER, Principal.of("user:alice@example.com")));

    assertThat(used(policy, Limit.GROUPS)).isEqualTo(1 + 2);
  }

  @Test
  void variants_areOfTheRoleAndPrincipalThatHasMost_withoutTheUnconditionalOne() {
    var alice = Principal.of("user:alice@example.com");
    var grants = new ArrayList<Grant>();
    grants.add(Grant.of(VIEWER, alice));
    for (var hour = 0; hour < 3; hour++) {
      grants.add(new Grant(VIEWER, alice, condition("request.time.getHours() == " + hour)));
    }
    grants.add(new Grant(Role.RUN_INVOKER, alice, condition("request.time.getHours() == 1")));
    var usage = Usage.of(Limit.VARIANTS, AllowPolicy.of("etag", grants));

    assertThat(usage)
        .isEqualTo(new Usage(Limit.VARIANTS, 3, "roles/run.viewer for user:alice@example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          true                                        ; 0
          a && b || c                                 ; 2
          !a && !(b || c)                             ; 4
          a != b                                      ; 0
          a == "x && y" && b                          ; 1
          a == "say \\"!\\" && no" || b               ; 1
          a.startsWith(r"\\") && b == "!"             ; 1
          a == 'it"s ||' || b                         ; 1
          """)
  void operators_countOutsideOfText(String expression, int operators) {
    assertThat(condition(expression).logicalOperators()).isEqualTo(operators);
  }

  /// An expression of a hostile size neither overflows a stack nor takes long.
  @Test
  void operators_ofAHugeExpression_areCounted() {
    var text = "\"" + "\\\\x\\\"".repeat(200_000) + "\"";

    assertThat(condition(text + " && " + text).logicalOperators()).isEqualTo(1);
    assertThat(condition("&&".repeat(200_000)).logicalOperators()).isEqualTo(200_000);
  }

  @ParameterizedTest
  @CsvSource({
    "PRINCIPALS, 1199, false, false",
    "PRINCIPALS, 1200, true, false",
    "PRINCIPALS, 1500, true, false",
    "PRINCIPALS, 1501, true, true",
    "GROUPS, 199, false, false",
    "GROUPS, 200, true, false",
    "GROUPS, 251, true, true",
    "VARIANTS, 15, false, false",
    "VARIANTS, 16, true, false",
    "VARIANTS, 21, true, true",
    "OPERATORS, 9, false, false",
    "OPERATORS, 10, true, false",
    "OPERATORS, 13, true, true"
  })
  void aLimit_isNearFromFourFifths_andExceededBeyondItsNumber(
      Limit limit, int used, boolean isNear, boolean isExceeded) {
    var usage = new Usage(limit, used, "");

    assertThat(usage.isNear()).isEqualTo(isNear);
    assertThat(usage.isExceeded()).isEqualTo(isExceeded);
  }

  private static int used(AllowPolicy policy, Limit limit) {
    return Usage.of(limit, policy).used();
  }

  private static AllowPolicy policy(Grant... grants) {
    return AllowPolicy.of("etag", List.of(grants));
  }

  private static Condition condition(String expression) {
    return new Condition("title", expression, "");
  }
}
