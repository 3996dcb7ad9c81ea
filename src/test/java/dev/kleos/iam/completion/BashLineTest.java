package dev.kleos.iam.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BashLineTest {
  private static final String BREAKS = " \t\n\"'@><=;|&(:";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '_',
      value = {
        "k grant ali             | ali          | 0",
        "k grant user:al         | user:al      | 5",
        "k grant 'user:al        | user:al      | 0",
        "k grant 'user':al       | user:al      | 5",
        "k grant user\\:al       | user:al      | 0",
        "k grant alice@ex        | alice@ex     | 5",
        "k grant --account=kle   | --account=kle | 10",
        "k grant --account=\"kle | --account=kle | 10",
        "k grant a\\ b           | a b          | 0",
        "k grant \"a\\$b\\c      | a$b\\c       | 0",
      })
  void bash_replacesFromTheLastBreakOrTheOpenQuote(String line, String word, int kept) {
    var parsed = BashLine.parse(line, BREAKS);

    assertThat(parsed.words()).containsExactly("grant");
    assertThat(parsed.word()).isEqualTo(word);
    assertThat(parsed.kept()).isEqualTo(kept);
  }

  @Test
  void redirections_areNoWordsOfTheCommand() {
    var line = BashLine.parse("k plan a 2>errors <in -f ", BREAKS);

    assertThat(line.words()).containsExactly("plan", "a", "-f");
    assertThat(BashLine.parse("k plan >o", BREAKS).isRedirected()).isTrue();
    assertThat(BashLine.parse("k plan > o", BREAKS).isRedirected()).isTrue();
    assertThat(BashLine.parse("k plan >o ", BREAKS).isRedirected()).isFalse();
  }

  @Test
  void inserted_isQuotedAsTheLineWantsIt() {
    var value = "a$(b) `c`;d";

    assertThat(BashLine.parse("k x ", BREAKS).inserted(value))
        .contains("a\\$\\(b\\)\\ \\`c\\`\\;d");
    assertThat(BashLine.parse("k x '", BREAKS).inserted(value)).contains(value);
    assertThat(BashLine.parse("k x \"", BREAKS).inserted(value)).isEmpty();
    assertThat(BashLine.parse("k x '", BREAKS).inserted("it's")).isEmpty();
    assertThat(List.of("a!b", "a\\b", "a\"b"))
        .allSatisfy(it -> assertThat(BashLine.parse("k x \"", BREAKS).inserted(it)).isEmpty());
  }

  @Test
  void whatDoesNotGoOnFromWhatIsTyped_isNotInserted() {
    assertThat(BashLine.parse("k x b", BREAKS).inserted("alice")).isEmpty();
  }
}
