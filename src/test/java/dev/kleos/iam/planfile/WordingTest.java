package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  @Test
  void nearest_isTheNameOfFewestEdits() {
    var names = List.of("displayName", "description", "users");

    assertThat(Wording.nearest("user", names, "")).contains("\"users\"");
    assertThat(Wording.nearest("suers", names, "")).contains("\"users\"");
    assertThat(Wording.nearest("DisplayName", names, "")).contains("\"displayName\"");
    assertThat(Wording.nearest("descripton", names, "")).contains("\"description\"");
  }

  @Test
  void nearest_ofNothingSimilar_isTheFallback() {
    assertThat(Wording.nearest("colour", List.of("users", "bindings"), "none")).isEqualTo("none");
    assertThat(Wording.nearest("ab", List.of("xy"), "none")).isEqualTo("none");
  }

  @Test
  void quote_ofALongText_isCutBetweenCharacters() {
    assertThat(Wording.quote("😀".repeat(100))).isEqualTo('"' + "😀".repeat(80) + "…\"");
  }

  @Test
  void excerpt_ofALongLine_keepsTheCaretOnItsCharacter() {
    var text = new SourceText("a.yaml", "first\n" + "x".repeat(500) + "HERE" + "y".repeat(500));

    var excerpt = text.excerpt(text.span(506, 510));

    assertThat(excerpt.text()).hasSizeLessThan(200).startsWith("…").endsWith("…");
    assertThat(excerpt.text().substring(excerpt.caret() - 1)).startsWith("HERE");
    assertThat(excerpt.width()).isEqualTo(4);
  }

  @Test
  void codes_areUniqueAndInOrder() {
    assertThat(ProblemCode.values())
        .extracting(ProblemCode::code)
        .doesNotHaveDuplicates()
        .isSorted();
  }
}
