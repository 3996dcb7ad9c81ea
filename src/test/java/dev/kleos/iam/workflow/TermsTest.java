package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TermsTest {
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");
  private static final Condition PAST = Condition.until(NOW.minusSeconds(1));
  private static final Condition SOON = Condition.until(NOW.plusSeconds(60));
  private static final Condition LATER = Condition.until(NOW.plusSeconds(3600));
  private static final Condition HOURS =
      new Condition("office hours", "request.time.getHours(\"UTC\") < 18", "");

  @Test
  void theSame_isTheSame() {
    assertThat(terms(null, null)).isEqualTo(Terms.SAME);
    assertThat(terms(SOON, SOON)).isEqualTo(Terms.SAME);
  }

  @Test
  void anEarlierEnd_orAnyWhereThereIsNone_isShorter() {
    assertThat(terms(LATER, SOON)).isEqualTo(Terms.SHORTER);
    assertThat(terms(null, LATER)).isEqualTo(Terms.SHORTER);
  }

  @Test
  void aConditionWhoseEndNobodyKnows_countsAsNoEnd() {
    assertThat(terms(HOURS, LATER)).isEqualTo(Terms.SHORTER);
  }

  @Test
  void aLaterEnd_thatIsAskedFor_isLonger() {
    assertThat(terms(SOON, LATER)).isEqualTo(Terms.LONGER);
  }

  @Test
  void noEnd_whereThereIsOne_wasNotSaid() {
    assertThat(terms(SOON, null)).isEqualTo(Terms.UNSAID);
    assertThat(terms(HOURS, null)).isEqualTo(Terms.UNSAID);
  }

  @Test
  void anythingAfterAnEndThatHasPassed_isLonger() {
    assertThat(terms(PAST, null)).isEqualTo(Terms.LONGER);
    assertThat(terms(PAST, SOON)).isEqualTo(Terms.LONGER);
  }

  private static Terms terms(@Nullable Condition has, @Nullable Condition asked) {
    return Terms.of(has, asked, NOW);
  }
}
