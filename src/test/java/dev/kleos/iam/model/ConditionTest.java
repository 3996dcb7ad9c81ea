package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @Test
  void until_aDay_includesThatDayInUtc() {
    var until = Condition.until(LocalDate.parse("2027-01-31"));

    assertThat(until)
        .isEqualTo(
            new Condition(
                "kleos-iam until 2027-01-31",
                "request.time < timestamp(\"2027-02-01T00:00:00Z\")",
                ""));
    assertThat(until.hasEnded(Instant.parse("2027-01-31T23:59:59.999999999Z"))).isFalse();
    assertThat(until.hasEnded(Instant.parse("2027-02-01T00:00:00Z"))).isTrue();
  }

  @Test
  void until_theLastDayOfALeapFebruary_endsInMarch() {
    assertThat(Condition.until(LocalDate.parse("2028-02-29")).end())
        .contains(Instant.parse("2028-03-01T00:00:00Z"));
  }

  @Test
  void until_anInstant_endsThen() {
    var end = Instant.parse("2027-01-31T12:00:00Z");
    var until = Condition.until(end);

    assertThat(until.title()).isEqualTo("kleos-iam until 2027-01-31T12:00:00Z");
    assertThat(until.hasEnded(end.minusNanos(1))).isFalse();
    assertThat(until.hasEnded(end)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "request.time < timestamp(\"2027-01-31T00:00:00Z\"), 2027-01-31T00:00:00Z",
        "request.time<timestamp('2027-01-31T00:00:00Z'), 2027-01-31T00:00:00Z",
        "`  request.time  <  timestamp( \"2027-01-31T00:00:00Z\" ) `, 2027-01-31T00:00:00Z",
        "request.time < timestamp(\"2027-01-31T02:00:00+02:00\"), 2027-01-31T00:00:00Z",
        "request.time < timestamp(\"2027-01-30T19:30:00-04:30\"), 2027-01-31T00:00:00Z",
        "request.time <= timestamp(\"2027-01-31T00:00:00Z\"), 2027-01-31T00:00:00.000000001Z"
      })
  void end_ofAPlainTimeBound_isItsInstant(String expression, Instant end) {
    assertThat(new Condition("t", expression, "").end()).contains(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.time > timestamp(\"2020-01-31T00:00:00Z\")",
        "request.time < timestamp(\"2020-01-31T00:00:00Z\") || true",
        "!(request.time < timestamp(\"2020-01-31T00:00:00Z\"))",
        "request.time < timestamp(\"2020-01-31\")",
        "request.time < timestamp(\"2020-02-31T00:00:00Z\")",
        "resource.name == 'request.time < timestamp(\"2020-01-31T00:00:00Z\")'",
        "request.time.getHours(\"UTC\") < 18",
        ""
      })
  void anythingCleverer_neverEnds(String expression) {
    var condition = new Condition("t", expression, "");

    assertThat(condition.end()).isEmpty();
    assertThat(condition.hasEnded(Instant.MAX)).isFalse();
  }

  @Test
  void equality_isToTheLetter_ofAllThreeTexts() {
    var condition = new Condition("t", "e", "d");

    assertThat(condition)
        .isEqualTo(new Condition("t", "e", "d"))
        .isNotEqualTo(new Condition("T", "e", "d"))
        .isNotEqualTo(new Condition("t", "e ", "d"))
        .isNotEqualTo(new Condition("t", "e", ""));
  }

  @Test
  void order_isByTitleThenExpressionThenDescription_andAgreesWithEquality() {
    assertThat(new Condition("a", "z", "z")).isLessThan(new Condition("b", "a", "a"));
    assertThat(new Condition("a", "a", "z")).isLessThan(new Condition("a", "b", "a"));
    assertThat(new Condition("a", "a", "a")).isLessThan(new Condition("a", "a", "b"));
    assertThat(new Condition("a", "a", "a")).isEqualByComparingTo(new Condition("a", "a", "a"));
  }

  @Test
  void aGrant_endsWithItsOwnConditionOnly() {
    var now = RandomIam.NOW;
    var role = Role.RUN_INVOKER;
    var alice = Principal.of("user:alice@example.com");

    assertThat(Grant.of(role, alice).hasEnded(Instant.MAX)).isFalse();
    assertThat(new Grant(role, alice, Condition.until(now)).hasEnded(now)).isTrue();
    assertThat(new Grant(role, alice, Condition.until(now.plusSeconds(1))).hasEnded(now)).isFalse();
  }
}
