package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.5S, 1 second",
    "PT1.1S, 2 seconds",
    "PT119S, 119 seconds",
    "PT2M, 2 minutes",
    "PT90M, 90 minutes",
    "PT2H, 2 hours",
    "PT86401S, 24 hours"
  })
  void of_isAboutSoLong(Duration duration, String words) {
    assertThat(Spell.of(duration)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1 second",
    "PT2.7S, 3 seconds",
    "PT9.001S, 10 seconds",
    "PT10S, 10 seconds",
    "PT10.001S, 20 seconds",
    "PT60S, 60 seconds",
    "PT61S, 2 minutes",
    "PT287S, 5 minutes",
    "PT300S, 5 minutes"
  })
  void atMost_isRounded_soThatCallsWhichFailedSideBySideSayTheSame(
      Duration duration, String words) {
    assertThat(Spell.atMost(duration)).isEqualTo(words);
  }
}
