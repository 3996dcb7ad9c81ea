package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What output may be made of, whatever was read from Google. Written anew here, not with the
/// program's own escaping.
public final class Harmless {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[(0|1|1;7|1;38;5;(28|33|196))m");
  private static final Pattern COMMAND = Pattern.compile("[\\s\\p{Z}]*::");

  /// Three texts of 500 characters, each of which is spelled out, and some words.
  private static final int LONGEST_LINE = 16_000;

  private static final int LONGEST = 1_000_000;
  private static final Schema SCHEMA = ScriptRunner.schema();

  private Harmless() {}

  /// Asserts that a terminal, a pipeline's log and a block of Markdown take it for text.
  public static void assertText(String text) {
    var plain = COLOURS.matcher(text).replaceAll("");
    assertCharacters(plain);
    assertThat(plain.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(LONGEST_LINE));
    assertThat(plain).hasSizeLessThan(LONGEST).doesNotContain("this is a bug");
  }

  /// The same, and that it is a report as the schema says; answers with every text in it.
  public static Set<String> assertJson(String json) {
    assertCharacters(json);
    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    var texts = new HashSet<String>();
    collect(JsonParser.parseString(json), texts);
    return texts;
  }

  private static void assertCharacters(String text) {
    assertThat(text.codePoints().filter(Harmless::isTreacherous).mapToObj(Integer::toHexString))
        .isEmpty();
    for (var order : List.of("```", "~~~")) {
      assertThat(excerpt(text, text.indexOf(order))).isEmpty();
    }
    for (var at = text.indexOf("##"); at >= 0; at = text.indexOf("##", at + 1)) {
      assertThat(text.substring(at, Math.min(text.length(), at + 60)))
          .doesNotContainPattern("^##\\w*\\[");
    }
    assertThat(text.lines().filter(line -> COMMAND.matcher(line).lookingAt())).isEmpty();
  }

  /// What is around a place; empty where there is none.
  private static String excerpt(String text, int at) {
    return at < 0 ? "" : text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
  }

  private static boolean isTreacherous(int point) {
    if (point >= ' ' && point < 0x7f) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\n';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> point == 0x3164 || point == 0x2800 || point == 0xfe0f || point == 0x180b;
    };
  }

  private static void collect(JsonElement element, Set<String> texts) {
    switch (element) {
      case JsonObject object -> object.asMap().values().forEach(value -> collect(value, texts));
      case JsonArray array -> array.forEach(value -> collect(value, texts));
      default -> texts.add(element.getAsString());
    }
  }
}
