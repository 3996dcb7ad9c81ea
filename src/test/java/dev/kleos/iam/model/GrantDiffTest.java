package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrantDiffTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Role ROLE = Role.IMPERSONATION.getFirst();
  private static final Principal ALICE = Principal.of("user:alice@example.com");
  private static final Grant ALWAYS = Grant.of(ROLE, ALICE);

  @ParameterizedTest
  @MethodSource(SEEDS)
  void between_appliedToTheFirst_isTheSecond(long seed) {
    var random = new RandomIam(seed);
    var from = random.grants();
    var to = random.grants();

    assertThat(GrantDiff.between(from, to).applyTo(from)).isEqualTo(to);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void between_aSetAndItself_isEmpty(long seed) {
    var grants = new RandomIam(seed).grants();

    assertThat(GrantDiff.between(grants, new HashSet<>(grants)).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void between_twoSets_isEmptyOnlyWhereTheyAreEqual(long seed) {
    var random = new RandomIam(seed);
    var from = random.grants();
    var to = random.grants();

    assertThat(GrantDiff.between(from, to).isEmpty()).isEqualTo(from.equals(to));
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void between_theOtherWayRound_swapsAddedAndRemoved(long seed) {
    var random = new RandomIam(seed);
    var from = random.grants();
    var to = random.grants();
    var diff = GrantDiff.between(from, to);
    var back = GrantDiff.between(to, from);

    assertThat(back.added()).isEqualTo(diff.removed());
    assertThat(back.removed()).isEqualTo(diff.added());
    assertThat(diff.reversed()).isEqualTo(back);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void applyTo_twice_isTheSameAsOnce(long seed) {
    var random = new RandomIam(seed);
    var diff = GrantDiff.between(random.grants(), random.grants());
    var once = diff.applyTo(random.grants());

    assertThat(diff.applyTo(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void applyTo_whatARivalLeft_keepsEveryGrantThatTheDiffDoesNotName(long seed) {
    var random = new RandomIam(seed);
    var diff = GrantDiff.between(random.grants(), random.grants());
    var rival = random.grants();
    var expected = new HashSet<>(rival);
    expected.removeAll(diff.removed());
    expected.addAll(diff.added());

    assertThat(diff.applyTo(rival)).isEqualTo(expected);
  }

  @Test
  void aGrantAddedAndRemoved_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GrantDiff.of(Set.of(ALWAYS), Set.of(ALWAYS)));
  }
}
