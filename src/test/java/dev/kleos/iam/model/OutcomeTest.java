package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Grant ALIAS =
      Grant.of(Role.RUN_INVOKER, Principal.of("user:alias@example.com"));
  private static final Grant PRIMARY =
      Grant.of(Role.RUN_INVOKER, Principal.of("user:primary@example.com"));

  @Test
  void stored_asSent_isApplied_whateverTheEtagAndTheSpelling() {
    var respelled = Grant.of(Role.RUN_INVOKER, Principal.of("user:ALIAS@example.com"));

    assertThat(Outcome.stored(policy("1", ALIAS), policy("2", respelled), 3))
        .isEqualTo(new Outcome.Applied(3));
  }

  @Test
  void stored_otherThanSent_isRewritten_andSaysWhat() {
    assertThat(Outcome.stored(policy("1", ALIAS), policy("2", PRIMARY), 1))
        .isEqualTo(new Outcome.Rewritten(Set.of(ALIAS), Set.of(PRIMARY)));
  }

  @Test
  void rewritten_oneForOne_isASubstitution() {
    var rewritten = new Outcome.Rewritten(Set.of(ALIAS), Set.of(PRIMARY));

    assertThat(rewritten.substitutions())
        .containsExactly(new Substitution(ALIAS.principal(), PRIMARY.principal()));
    assertThat(rewritten.lost()).isEmpty();
    assertThat(rewritten.strange()).isEmpty();
  }

  @Test
  void rewritten_twoForTwo_ofOtherRoles_goTogetherByTheirRoles() {
    var rewritten =
        new Outcome.Rewritten(
            Set.of(ALIAS, grant("roles/run.viewer", "user:ally@example.com")),
            Set.of(PRIMARY, grant("roles/run.viewer", "user:alice@example.com")));

    assertThat(rewritten.substitutions())
        .containsExactlyInAnyOrder(
            new Substitution(ALIAS.principal(), PRIMARY.principal()),
            new Substitution(
                Principal.of("user:ally@example.com"), Principal.of("user:alice@example.com")));
  }

  /// One who had one of the roles already turns up with the other only.
  @Test
  void rewritten_forSomebodyWhoHadSomeOfIt_isASubstitution() {
    var rewritten =
        new Outcome.Rewritten(
            Set.of(ALIAS, grant("roles/run.viewer", "user:alias@example.com")), Set.of(PRIMARY));

    assertThat(rewritten.substitutions())
        .containsExactly(new Substitution(ALIAS.principal(), PRIMARY.principal()));
    assertThat(rewritten.lost()).isEmpty();
  }

  @Test
  void rewritten_twoForTwoAlike_isNoSubstitution_andBothSidesAreKept() {
    var other = grant("roles/run.invoker", "user:other@example.com");
    var strange = grant("roles/run.invoker", "user:strange@example.com");
    var rewritten = new Outcome.Rewritten(Set.of(ALIAS, other), Set.of(PRIMARY, strange));

    assertThat(rewritten.substitutions()).isEmpty();
    assertThat(rewritten.lost()).containsExactly(ALIAS, other);
    assertThat(rewritten.strange()).containsExactly(PRIMARY, strange);
    assertThat(rewritten.swapped())
        .containsExactly(
            new Substitution(ALIAS.principal(), PRIMARY.principal()),
            new Substitution(other.principal(), strange.principal()));
  }

  @Test
  void rewritten_twoForOne_isNoSwap() {
    var other = grant("roles/run.invoker", "user:other@example.com");

    assertThat(new Outcome.Rewritten(Set.of(ALIAS, other), Set.of(PRIMARY)).swapped()).isEmpty();
  }

  @Test
  void rewritten_forAnotherType_orUnderAnotherCondition_isNoSubstitution() {
    var group = grant("roles/run.invoker", "group:primary@example.com");
    var ending = new Grant(Role.RUN_INVOKER, PRIMARY.principal(), Condition.until(RandomIam.NOW));

    for (var unexpected : List.of(group, ending)) {
      var rewritten = new Outcome.Rewritten(Set.of(ALIAS), Set.of(unexpected));
      assertThat(rewritten.substitutions()).isEmpty();
      assertThat(rewritten.strange()).containsExactly(unexpected);
    }
  }

  @Test
  void rewritten_forNobodyNew_isLost() {
    var rewritten = new Outcome.Rewritten(Set.of(ALIAS), Set.of());

    assertThat(rewritten.substitutions()).isEmpty();
    assertThat(rewritten.lost()).containsExactly(ALIAS);
  }

  private static Grant grant(String role, String member) {
    return Grant.of(new Role(role), Principal.of(member));
  }

  private static AllowPolicy policy(String etag, Grant grant) {
    return AllowPolicy.of(etag, List.of(grant));
  }
}
