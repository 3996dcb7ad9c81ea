package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "'', abc, 3",
    "kitten, sitting, 3",
    "ab, ba, 1",
    "invoker, invokre, 1",
    "abc, abcd, 1",
    "abcd, abc, 1",
    "abc, axc, 1",
    "ca, abc, 3"
  })
  void distance_countsEdits_aSwapOfNeighboursIsOne(String from, String to, int edits) {
    assertThat(Similar.distance(from, to)).isEqualTo(edits);
    assertThat(Similar.distance(to, from)).isEqualTo(edits);
  }

  @Test
  void isOneEdit_isADistanceOfOne() {
    var random = new Random(7);
    for (var i = 0; i < 20_000; i++) {
      var from = text(random);
      var to = text(random);
      assertThat(Similar.isOneEdit(from, to))
          .as("%s, %s", from, to)
          .isEqualTo(Similar.distance(from, to) == 1);
    }
  }

  /// Short, and of few letters, so that many are near each other.
  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void nearest_isTheNearest_andTheFirstOfEquallyNear() {
    assertThat(nearest("invokr", "viewer", "invoker", "invoke")).contains("invoker");
    assertThat(nearest("abcdef", "abcdeX", "abcdeY")).contains("abcdeX");
  }

  @Test
  void nearest_furtherThanAThirdOfTheLength_orThanTwoEdits_isNothing() {
    assertThat(nearest("abcdef", "abcdXY")).contains("abcdXY");
    assertThat(nearest("abcdef", "abcXYZ")).isEmpty();
    assertThat(nearest("ab", "ax")).contains("ax");
    assertThat(nearest("ab", "xy")).isEmpty();
    assertThat(nearest("abc")).isEmpty();
  }

  @Test
  void nearest_isAtMostFourEditsAway_howeverLongTheName() {
    assertThat(nearest("abcdefghijklmnopqrst", "abcdefghijklmnopWXYZ")).isPresent();
    assertThat(nearest("abcdefghijklmnopqrst", "abcdefghijklmnoVWXYZ")).isEmpty();
  }

  @Test
  void nearest_doesNotMindCase() {
    assertThat(nearest("KLEOS-Service", "kleos-service")).contains("kleos-service");
  }

  private static Optional<String> nearest(String wanted, String... candidates) {
    return Similar.nearest(wanted, List.of(candidates), Function.identity());
  }
}
