package dev.kleos.iam.model;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Principal ALICE = Principal.of("user:alice@example.com");
  private static final Grant ALWAYS = Grant.of(Role.RUN_INVOKER, ALICE);
  private static final Grant TODAY =
      new Grant(Role.RUN_INVOKER, ALICE, new Condition("today", "true", ""));

  @ParameterizedTest
  @MethodSource(SEEDS)
  void effects_sayForEachTouchedAssignment_whatItsGrantsWereAndWillBe(long seed) {
    var random = new RandomIam(seed);
    var planned = random.grants();
    var diff = GrantDiff.between(planned, random.grants());
    var touched = new HashSet<Grant.Assignment>();
    diff.added().forEach(grant -> touched.add(grant.assignment()));
    diff.removed().forEach(grant -> touched.add(grant.assignment()));

    var effects = Effect.of(planned, diff);

    assertThat(effects).extracting(Effect::assignment).containsExactlyInAnyOrderElementsOf(touched);
    assertThat(effects)
        .allSatisfy(effect -> {
          var who = effect.assignment();
          assertThat(Set.copyOf(effect.before())).isEqualTo(of(planned, who));
          assertThat(Set.copyOf(effect.after())).isEqualTo(of(diff.applyTo(planned), who));
        });
  }

  @Test
  void whoKeepsTheRoleUnderAnotherCondition_losesNothing() {
    var effects = Effect.of(Set.of(ALWAYS, TODAY), GrantDiff.of(Set.of(), Set.of(TODAY)));

    assertThat(effects).hasSize(1).noneMatch(Effect::isLoss).noneMatch(Effect::isGain);
  }

  @Test
  void whoseLastGrantOfTheRoleGoes_losesIt() {
    assertThat(Effect.of(Set.of(TODAY), GrantDiff.of(Set.of(), Set.of(TODAY))))
        .containsExactly(new Effect(TODAY.assignment(), List.of(TODAY), List.of()))
        .allMatch(Effect::isLoss);
  }

  @Test
  void whoHadNoGrantOfTheRole_gainsIt() {
    assertThat(Effect.of(Set.of(), GrantDiff.of(Set.of(ALWAYS), Set.of())))
        .containsExactly(new Effect(ALWAYS.assignment(), List.of(), List.of(ALWAYS)))
        .allMatch(Effect::isGain);
  }

  private static Set<Grant> of(Set<Grant> grants, Grant.Assignment assignment) {
    return grants.stream().filter(grant -> grant.assignment().equals(assignment)).collect(toSet());
  }
}
