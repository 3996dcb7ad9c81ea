package dev.kleos.iam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is read from outside is understood or refused, and soon; `make fuzz` tries more.
class FuzzTest {
  private static final int INPUTS = 2000;

  @TempDir private static Path folder = Path.of("");
  private static List<Target> targets = List.of();

  @BeforeAll
  static void furnish() throws IOException {
    targets = Fuzz.targets(folder);
  }

  static Stream<Target> targets() {
    return targets.stream();
  }

  static Stream<Arguments> corpus() {
    return targets.stream()
        .flatMap(target -> Fuzzing.corpus(target).stream().map(file -> Arguments.of(target, file)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("corpus")
  void whatBrokeAPropertyOnce_doesSoNoMore(Target target, Path file)
      throws IOException, InterruptedException {
    var tally = new Fuzzing(target, folder.resolve("findings")).run(List.of(file), 0);

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
  void anInput_isMadeByItsNumberAlone(Target target) throws IOException {
    Files.createDirectories(folder);
    for (var number = 0; number < 20; number++) {
      assertThat(Fuzzing.input(target, number)).isEqualTo(Fuzzing.input(target, number));
    }
  }
}
