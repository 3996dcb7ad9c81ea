package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  @ParameterizedTest
  @CsvSource({
    "It failed., It failed. Twice.",
    "unavailable, unavailable. Twice.",
    "Why?, Why? Twice.",
    "'', Twice."
  })
  void withSentence_addsIt_afterTheEndOfTheOneBefore(String message, String more) {
    var failure = new Failure("CODE", "resource", message, "advice", "user:x", "group:x");

    assertThat(failure.withSentence("Twice."))
        .isEqualTo(new Failure("CODE", "resource", more, "advice", "user:x", "group:x"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, UNAVAILABLE",
    "DEADLINE_EXCEEDED, DEADLINE_EXCEEDED",
    "INTERNAL, INTERNAL",
    "RESOURCE_EXHAUSTED, UNKNOWN",
    "NOT_FOUND, UNKNOWN",
    "ABORTED, UNKNOWN"
  })
  void leavingOpen_hasACodeThatSaysSo_andAllElseAsItWas(String code, String open) {
    var failure = new Failure(code, "resource", "message", "advice", "user:x", "group:x");

    assertThat(failure.leavingOpen())
        .isEqualTo(new Failure(open, "resource", "message", "advice", "user:x", "group:x"));
    assertThat(failure.leavingOpen().isOpen()).isTrue();
  }
}
