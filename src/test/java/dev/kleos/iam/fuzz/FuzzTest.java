package dev.kleos.iam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is read from outside is understood or refused, and soon; `make fuzz` tries more.
class FuzzTest {
  private static final int INPUTS = 2000;

  private static final List<Target> TARGETS = Fuzz.targets();

  static Stream<Target> targets() {
    return TARGETS.stream();
  }

  static Stream<Arguments> corpus() {
    return TARGETS.stream()
        .flatMap(target -> Fuzzing.corpus(target).stream().map(file -> Arguments.of(target, file)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("corpus")
  void whatBrokeAPropertyOnce_doesSoNoMore(Target target, Path file) throws InterruptedException {
    var tally = new Fuzzing(target, Fuzz.FINDINGS).run(List.of(file), 0);

    assertThat(tally.findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whateverIsRead_isUnderstoodOrRefused_andSoon(Target target) throws InterruptedException {
    var tally = new Fuzzing(target, Fuzz.FINDINGS).run(List.of(), INPUTS / target.cost());

    assertThat(tally.findings()).isEmpty();
    assertThat(tally.accepted()).isPositive();
    assertThat(tally.inputs() - tally.accepted()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anInput_isMadeByItsNumberAlone(Target target) {
    for (var number = 0; number < 20; number++) {
      assertThat(Fuzzing.input(target, number)).isEqualTo(Fuzzing.input(target, number));
    }
  }
}
