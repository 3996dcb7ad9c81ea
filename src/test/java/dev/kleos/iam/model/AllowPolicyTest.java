package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowPolicyTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Role ROLE = Role.IMPERSONATION.getFirst();
  private static final Grant LOWER = Grant.of(ROLE, Principal.of("user:alice@example.com"));
  private static final Grant UPPER = Grant.of(ROLE, Principal.of("user:Alice@Example.com"));
  private static final Grant BOB = Grant.of(ROLE, Principal.of("user:bob@example.com"));

  @ParameterizedTest
  @MethodSource(SEEDS)
  void withGrants_ofItsOwn_isTheSamePolicy(long seed) {
    var policy = new RandomIam(seed).policy();

    assertThat(policy.withGrants(new HashSet<>(policy.grants()))).isEqualTo(policy);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void withGrants_ofOthers_keepsTheLiveSpellingsOfThoseThatStay(long seed) {
    var random = new RandomIam(seed);
    var policy = random.policy();
    var grants = random.grants();

    var next = policy.withGrants(grants);

    assertThat(next.grants()).isEqualTo(grants);
    assertThat(next.etag()).isEqualTo(policy.etag());
    for (var grant : grants) {
      var live = policy.spellings().get(grant);
      if (live != null) {
        assertThat(next.spellings()).containsEntry(grant, live);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void withGrants_spellsNewcomersInTheirOwnWay_andOthersAsTheyAreSpelledHere(long seed) {
    var random = new RandomIam(seed);
    var policy = random.policy();

    policy
        .withGrants(random.grants())
        .spellings()
        .forEach((grant, members) -> {
          var live = new HashSet<String>();
          policy
              .spellings()
              .forEach((other, spellings) -> {
                if (other.principal().equals(grant.principal())) {
                  live.addAll(spellings);
                }
              });
          if (live.isEmpty()) {
            assertThat(members).containsExactly(grant.principal().spelling());
          } else {
            assertThat(live).containsAll(members);
          }
        });
  }

  @Test
  void withGrants_ofAnotherRoleForAMember_spellsItAsItIsSpelledAlready() {
    var other = Grant.of(new Role("roles/run.viewer"), Principal.of("user:alice@example.com"));
    var live = AllowPolicy.of("etag", List.of(UPPER));

    assertThat(live.withGrants(List.of(UPPER, other)).spellings())
        .containsEntry(other, Set.of("user:Alice@Example.com"));
  }

  @Test
  void of_twoSpellingsOfOneAddress_isOneGrantWithBoth() {
    var policy = AllowPolicy.of("etag", List.of(LOWER, UPPER));

    assertThat(policy.grants()).containsExactly(LOWER);
    assertThat(policy.spellings())
        .containsExactly(
            Map.entry(LOWER, Set.of("user:alice@example.com", "user:Alice@Example.com")));
  }

  @Test
  void withGrants_spelledOtherwiseByThePlan_writesTheLiveSpellingBack() {
    var live = AllowPolicy.of("etag", List.of(UPPER));

    assertThat(live.withGrants(List.of(LOWER, BOB)).spellings().values())
        .containsExactly(Set.of("user:Alice@Example.com"), Set.of("user:bob@example.com"));
  }

  @Test
  void withGrants_withoutAGrantInTwoSpellings_dropsBoth() {
    var live = AllowPolicy.of("etag", List.of(LOWER, UPPER, BOB));

    assertThat(live.withGrants(List.of(BOB)).spellings())
        .containsExactly(Map.entry(BOB, Set.of("user:bob@example.com")));
  }

  @Test
  void exists_isToHaveAnEtag() {
    assertThat(AllowPolicy.NONE.exists()).isFalse();
    assertThat(AllowPolicy.of("ACAB", List.of()).exists()).isTrue();
  }
}
