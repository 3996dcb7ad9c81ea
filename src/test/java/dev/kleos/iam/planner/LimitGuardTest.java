package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What Google would refuse as "invalid argument" is refused here, with figures.
class LimitGuardTest {
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String INVOKER = "roles/run.invoker";
  private static final String ROLE = "roles/run.viewer";

  @Test
  void the1501stPrincipal_isRefused_andTheRemedyIsAGroup() {
    assertThat(
            refusals(
                grants(LimitGuardTest::user, 0, 1499),
                grants(LimitGuardTest::user, 1499, 1500),
                Set.of()))
        .isEmpty();
    assertThat(
            refusals(
                grants(LimitGuardTest::user, 0, 1500),
                grants(LimitGuardTest::user, 1500, 1501),
                Set.of()))
        .containsExactly(
            new Refusal(
                SERVICE,
                "would hold 1,501 principals; Google takes 1,500",
                "everybody counts once for each role: put the people into a group, and name the"
                    + " group in the plan file in place of them"));
  }

  @Test
  void exemptionsFromAuditLogs_count() {
    var policy = AllowPolicy.of("etag", grants(LimitGuardTest::user, 0, 1490)).withExemptions(10);

    assertThat(refusals(policy, grants(LimitGuardTest::user, 1490, 1491), Set.of())).hasSize(1);
  }

  @Test
  void aPolicyBeyondTheLimit_mayShrink_andMayNotGrow() {
    var held = grants(LimitGuardTest::user, 0, 1600);

    assertThat(refusals(held, List.of(), Set.copyOf(grants(LimitGuardTest::user, 0, 1)))).isEmpty();
    assertThat(
            refusals(
                held,
                grants(LimitGuardTest::user, 1600, 1601),
                Set.copyOf(grants(LimitGuardTest::user, 0, 1))))
        .isEmpty();
    assertThat(refusals(held, grants(LimitGuardTest::user, 1600, 1601), Set.of())).hasSize(1);
  }

  @Test
  void the251stGroup_isRefused() {
    assertThat(
            refusals(
                grants(LimitGuardTest::group, 0, 250),
                List.of(grant(INVOKER, "group:g0@example.com")),
                Set.of()))
        .isEmpty();
    assertThat(
            refusals(
                grants(LimitGuardTest::group, 0, 250),
                grants(LimitGuardTest::group, 250, 251),
                Set.of()))
        .extracting(Refusal::evidence)
        .containsExactly("would hold 251 groups and domains; Google takes 250");
  }

  @Test
  void theTwentyFirstCondition_isRefused() {
    assertThat(
            refusals(
                grants(LimitGuardTest::hour, 0, 19),
                grants(LimitGuardTest::hour, 19, 20),
                Set.of()))
        .isEmpty();
    assertThat(
            refusals(
                grants(LimitGuardTest::hour, 0, 20),
                grants(LimitGuardTest::hour, 20, 21),
                Set.of()))
        .extracting(Refusal::evidence)
        .containsExactly(
            "would hold 21 conditions of roles/run.viewer for user:a@example.com; Google takes 20");
  }

  @Test
  void theThirteenthOperator_isRefused() {
    assertThat(refusals(List.of(), List.of(operators(12)), Set.of())).isEmpty();
    assertThat(refusals(List.of(), List.of(operators(13)), Set.of()))
        .extracting(Refusal::evidence)
        .containsExactly(
            "would hold 13 logical operators in the condition \"title\"; Google takes 12");
  }

  private static Grant user(int i) {
    return grant(ROLE, "user:u" + i + "@example.com");
  }

  private static Grant group(int i) {
    return grant(ROLE, "group:g" + i + "@example.com");
  }

  private static Grant hour(int i) {
    return grant(ROLE, "user:a@example.com", condition("request.time.getHours() == " + i));
  }

  private static Grant operators(int number) {
    return grant(ROLE, "user:a@example.com", condition("true" + " && true".repeat(number)));
  }

  private static Condition condition(String expression) {
    return new Condition("title", expression, "");
  }

  private static List<Grant> grants(IntFunction<Grant> maker, int from, int to) {
    return IntStream.range(from, to).mapToObj(maker).toList();
  }

  private static List<Refusal> refusals(List<Grant> held, List<Grant> added, Set<Grant> removed) {
    return refusals(AllowPolicy.of("etag", held), added, removed);
  }

  private static List<Refusal> refusals(AllowPolicy held, List<Grant> added, Set<Grant> removed) {
    var diff = GrantDiff.of(new LinkedHashSet<>(added), removed);
    var changes = ChangeSet.of(List.of(new Change.ModifyPolicy(SERVICE, held, diff)));
    var desired = Wish.plan(Wish.on(SERVICE).wants(grant(INVOKER, "user:x@example.com")).policy());
    return Guard.check(desired, changes, new Safety(Overrides.NONE, null, RandomIam.NOW)).stream()
        .filter(refusal -> refusal.evidence().contains("Google takes"))
        .toList();
  }
}
