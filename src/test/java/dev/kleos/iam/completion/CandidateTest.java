package dev.kleos.iam.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "two\nlines",
        "a\tb",
        "\u001b[2J",
        "a\u202eb",
        "a\u200bb",
        "a\u0000b",
        "\u009b2J",
        ""
      })
  void whatNobodyCanSee_isNotOffered(String spelling) {
    assertThat(Candidate.of(spelling, "").isNew(List.of())).isFalse();
  }

  @Test
  void descriptions_moveNoCursor() {
    assertThat(Candidate.of("a", "x\n\u001b[2J").description()).isEqualTo("x\\u{A}\\u{1B}[2J");
  }

  @Test
  void spelled_goesOnFromWhatIsTyped() {
    var alice = new Candidate(List.of("alice@example.com", "user:alice@example.com"), "");

    assertThat(alice.spelled("al")).isEqualTo("alice@example.com");
    assertThat(alice.spelled("us")).isEqualTo("user:alice@example.com");
    assertThat(alice.isNew(List.of("user:alice@example.com"))).isFalse();
  }
}
