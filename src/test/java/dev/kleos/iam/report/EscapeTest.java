package dev.kleos.iam.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {
  @Test
  void visible_ofAnyCharacter_holdsNoControlOrFormatCharacter() {
    assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT))
        .filteredOn(point ->
            Escape.visible(Character.toString(point))
                .codePoints()
                .anyMatch(EscapeTest::isTreacherous))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:alice@example.com", "Zoë – 東京 😀 100 %", "a\\u{41}b", ""})
  void visible_ofOrdinaryText_isTheText(String text) {
    assertThat(Escape.visible(text)).isEqualTo(text);
  }

  @Test
  void visible_spellsTheCodePoint() {
    assertThat(Escape.visible("a\u001b[31mb\u202ec\u200bd\u007fe\u0085f\ufefb"))
        .isEqualTo("a\\u{1B}[31mb\\u{202E}c\\u{200B}d\\u{7F}e\\u{85}f\ufefb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "::error::x|\\u{3A}:error::x",
        " \u00a0\u3000::error::x| \u00a0\u3000\\u{3A}:error::x",
        "a ::error::x|a ::error::x",
        "a ##[error]x|a #\\u{23}[error]x",
        "a ###[error]x|a ##\\u{23}[error]x",
        "##vso[a.b]x|#\\u{23}vso[a.b]x",
        "##teamcity[x]|#\\u{23}teamcity[x]",
        "# a ## b [c]|# a ## b [c]",
        "a``b```c````|a``b``\\u{60}c``\\u{60}\\u{60}",
        "~~~ ~/x|~~\\u{7E} ~/x"
      })
  void visible_ofAnOrderToARunner_isNone(String text, String shown) {
    assertThat(Escape.visible(text)).isEqualTo(shown);
  }

  @Test
  void visible_ofPieces_seesWhatTheyMakeTogether() {
    assertThat(Escape.visible(List.of("  ", ":", ":error::x #", "#", "[a] ``", "`")))
        .containsExactly("  ", "\\u{3A}", ":error::x #", "\\u{23}", "[a] ``", "\\u{60}");
  }

  @Test
  void json_ofAnOrderToARunner_isNone_andTheSameToAParser() {
    var text = "##[error] ##vso[a] ``` ~~~~ \\##[x] :: # `";

    var escaped = Escape.json(new JsonPrimitive(text).toString());

    assertThat(escaped).doesNotContain("##[", "##vso[", "```", "~~~");
    assertThat(JsonParser.parseString(escaped).getAsString()).isEqualTo(text);
  }

  @Test
  void brief_cutsAfter500Characters_andSaysHowManyThereAre() {
    assertThat(Escape.brief("😀".repeat(500))).isEqualTo("😀".repeat(500));
    assertThat(Escape.brief("😀".repeat(1 << 20)))
        .isEqualTo("😀".repeat(500) + "… (1,048,576 characters)");
  }

  @Test
  void json_ofAnyCharacter_isTheSameToAParser() {
    var text = new StringBuilder();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .forEach(text::appendCodePoint);

    var escaped = Escape.json(new JsonPrimitive(text.toString()).toString());

    assertThat(JsonParser.parseString(escaped).getAsString().contentEquals(text)).isTrue();
    assertThat(escaped.codePoints().anyMatch(EscapeTest::isTreacherous)).isFalse();
  }

  @Test
  void line_coloursAfterEscaping() {
    var bytes = new ByteArrayOutputStream();
    var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);

    screen.line(new Span(Style.ALARM, "x\u001b[0m\r\ny"), Span.of(" z"));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[1;7mx\\u{1B}[0m\\u{D}\\u{A}y\u001b[0m z" + System.lineSeparator());
  }

  private static boolean isTreacherous(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
