package dev.kleos.iam.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The promises of the program, in thousands of worlds.
class SimulationTest {
  private static final int SEEDS = 2000;
  private static final int MOST_UNTIL_CAUGHT = 500;

  @Test
  void whateverHappens_everyInvariantHolds() throws InterruptedException {
    var seeds = Seeds.play(SEEDS, Variant.NONE);

    assertThat(seeds.bad())
        .as(() -> String.join("\n", Report.ofViolations(seeds.bad(), Variant.NONE)))
        .isEmpty();
    for (var fault : Fault.values()) {
      assertThat(seeds.tally().of(fault)).as(fault.toString()).isPositive();
    }
    for (var what : Tally.What.values()) {
      assertThat(seeds.tally().of(what)).as(what.toString()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource
  void whatIsBroken_isCaught(Variant variant) {
    assertThat(Seeds.untilCaught(variant, MOST_UNTIL_CAUGHT)).isPositive();
  }

  static Iterable<Variant> whatIsBroken_isCaught() {
    return Variant.broken();
  }

  @Test
  void theSameSeed_isTheSameRun_stepByStep() {
    for (var seed = 1L; seed <= 20; seed++) {
      var first = Simulation.traced(seed, Variant.NONE);
      var second = Simulation.traced(seed, Variant.NONE);

      assertThat(second.steps()).isEqualTo(first.steps()).isNotEmpty();
      assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    }
  }

  @Test
  void anotherSeed_isAnotherRun() {
    assertThat(Simulation.of(1, Variant.NONE).fingerprint())
        .isNotEqualTo(Simulation.of(2, Variant.NONE).fingerprint());
  }

  @Test
  void aViolation_saysWhat_howItCameToThat_andHowToSeeItAgain() {
    var seed = Seeds.untilCaught(Variant.NO_ETAG_COMPARE, MOST_UNTIL_CAUGHT);

    var report =
        Report.of(Simulation.of(seed, Variant.NO_ETAG_COMPARE), Variant.NO_ETAG_COMPARE, 9);

    assertThat(report)
        .anyMatch(line -> line.startsWith("VIOLATION NO_UPDATE_LOST: "))
        .contains("Again: make simulate SEED=" + seed + " VARIANT=no-etag-compare");
    assertThat(report.subList(0, 9)).allMatch(line -> line.contains(" s  "));
  }
}
