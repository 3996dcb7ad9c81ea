package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.Condition;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// It is a Tuesday, 20:00 in London.
class ConditionsTest {
  private static final Instant NOW = Instant.parse("2026-12-01T20:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request.time < timestamp(\"2027-01-31T00:00:00Z\")                   | true",
        "request.time < timestamp(\"2026-11-30T00:00:00Z\")                   | false",
        "request.time.getHours(\"Europe/London\") < 17                        | false",
        "request.time.getHours(\"America/Los_Angeles\") < 17                  | true",
        "request.time.getDayOfWeek(\"UTC\") == 2                              | true",
      })
  void isMet_isWhatTheExpressionSays(String expression, boolean expected) {
    assertThat(met(expression)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resource.type == \"run.googleapis.com/Service\"",
        "resource.name.startsWith(\"projects/kleos-demo/locations/us-\")",
        "request.time.getDayOfWeek(\"UTC\") == 2 && resource.service == \"iam.googleapis.com\"",
        "inIpRange(origin.ip, \"10.0.0.0/8\")",
        "request.host == \"a\"",
        "api.getAttribute(\"x\", []).hasOnly([\"y\"])",
        "request.time <",
        "1 + 1",
      })
  void whatOnlyGoogleKnows_orIsNoCondition_isNotGuessed(String expression) {
    assertThat(met(expression)).isEmpty();
  }

  private static Optional<Boolean> met(String expression) {
    return Conditions.isMet(new Condition("t", expression, ""), NOW);
  }
}
