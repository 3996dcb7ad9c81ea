package dev.kleos.iam.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A line of bash up to the cursor, taken apart as bash does, but that nothing is expanded.
///
/// Bash replaces less than the word at the cursor: only what follows the last of the characters
/// that break words (`COMP_WORDBREAKS`, among them `:` and `=`), or the quote that is open. And it
/// inserts what it is given as it is.
///
/// @param words those before the one at the cursor, without the program's name
/// @param word the one at the cursor, without quotes
/// @param kept how much of it stays as it is typed
/// @param quote the one that is open, or a blank
/// @param isRedirected whether the word is where output goes or input comes from
record BashLine(List<String> words, String word, int kept, char quote, boolean isRedirected) {
  private static final char NONE = ' ';

  /// What bash takes for the beginning of a host's name, to be replaced with it.
  private static final char HOST = '@';

  private static final Pattern TREACHEROUS = Pattern.compile("[\\p{ASCII}&&[^\\w@%+=:,./-]]");

  static BashLine parse(String line, String breaks) {
    var parser = new Parser(breaks);
    line.chars().forEach(unit -> parser.read((char) unit));
    return parser.finish();
  }

  /// What of the beginning of the word is replaced too.
  String replaced(String prefix) {
    return prefix.substring(Math.min(kept, prefix.length()));
  }

  /// What bash is to insert so that the word becomes this one; empty where it cannot be said within
  /// the quotes that are open.
  Optional<String> inserted(String value) {
    if (!value.startsWith(word)) {
      return Optional.empty();
    }
    var rest = value.substring(kept);
    return switch (quote) {
      case '\'' -> Optional.of(rest).filter(it -> it.indexOf('\'') < 0);
      case '"' ->
          Optional.of(rest).filter(it -> it.chars().noneMatch(c -> "\"\\$`!".indexOf(c) >= 0));
      default -> Optional.of(TREACHEROUS.matcher(rest).replaceAll("\\\\$0"));
    };
  }

  private static final class Parser {
    private final String breaks;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isWord;
    private boolean isEscaped;
    private boolean isRedirected;
    private char quote = NONE;
    private int kept;
    private int afterQuote;

    Parser(String breaks) {
      this.breaks = breaks;
    }

    void read(char c) {
      if (isEscaped) {
        isEscaped = false;
        if (quote == '"' && "$`\"\\".indexOf(c) < 0) {
          word.append('\\');
        }
        word.append(c);
      } else if (c == '\\' && quote != '\'') {
        isEscaped = true;
        isWord = true;
      } else if (quote != NONE) {
        if (c == quote) {
          quote = NONE;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        isWord = true;
        afterQuote = word.length();
      } else if (" \t\n<>|&;()".indexOf(c) >= 0) {
        separate(c);
      } else {
        isWord = true;
        word.append(c);
        if (breaks.indexOf(c) >= 0) {
          kept = c == HOST ? word.length() - 1 : word.length();
        }
      }
    }

    /// A number right before a redirection belongs to it.
    private void separate(char c) {
      var redirects = c == '<' || c == '>';
      if (isWord && !isRedirected && !(redirects && word.chars().allMatch(Character::isDigit))) {
        words.add(word.toString());
      }
      isRedirected = redirects || (isRedirected && !isWord);
      isWord = false;
      word.setLength(0);
      kept = 0;
    }

    BashLine finish() {
      return new BashLine(
          words.isEmpty() ? List.of() : List.copyOf(words.subList(1, words.size())),
          word.toString(),
          quote == NONE ? kept : afterQuote,
          quote,
          isRedirected);
    }
  }
}
