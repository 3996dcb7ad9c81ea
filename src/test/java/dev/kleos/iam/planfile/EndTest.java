package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndTest {
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-12-01T09:00:00Z,      PT8H,  2026-12-01T17:00:00Z",
    "2026-12-01T09:00:00.001Z,  PT8H,  2026-12-01T17:01:00Z",
    "2026-12-01T09:00:59Z,      PT8H,  2026-12-01T17:01:00Z",
    "2026-12-01T23:59:30Z,      PT1S,  2026-12-02T00:00:00Z",
    "2026-12-01T09:00:00Z,      P30D,  2026-12-31T09:00:00Z"
  })
  void aTimeFromNow_isRoundedUpToTheMinute(Instant now, Duration time, Instant end) {
    var found = End.after(time, now);

    assertThat(found.spelling()).isEqualTo(end.toString());
    assertThat(found.condition().end()).contains(end);
  }

  @Test
  void aDay_isTheLastOne_andKeepsItsSpelling() {
    var end = End.parse("2026-12-01", NOW);

    assertThat(end.spelling()).isEqualTo("2026-12-01");
    assertThat(end.condition().end()).contains(Instant.parse("2026-12-02T00:00:00Z"));
  }

  @Test
  void whatHasPassed_isNoEnd() {
    assertThatThrownBy(() -> End.parse("2026-11-30", NOW))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage("\"2026-11-30\" has passed already");
    assertThatThrownBy(() -> End.parse("2026-12-01T09:00:00Z", NOW))
        .isInstanceOf(PlanUsageException.class);
  }

  @Test
  void whatIsNoTime_isNone() {
    assertThatThrownBy(() -> End.parse("tomorrow", NOW))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "\"tomorrow\" is neither a day such as 2027-01-31 nor an instant such as"
                + " 2027-01-31T18:00:00Z");
  }
}
