package dev.kleos.iam.cli;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Locale;

/// A manual page, written in the macros of man(7).
final class Roff {
  /// Every page of one version says the same day: pom.xml's, not that of the build.
  private static final String DATE = "2026-11-23";

  private static final int WIDTH = 76;
  private static final Splitter SENTENCES = Splitter.onPattern("(?<=[a-z)\\]\"][.]) ");
  private static final Splitter WORDS = Splitter.onPattern("\\s+");

  private final StringBuilder text = new StringBuilder();

  /// @param title the page's name, `kleos-iam-plan`
  static Roff page(String title, int section) {
    var page = new Roff();
    page.text.append(
        ".\\\" Written by ManPagesTest from the commands themselves; see \"make goldens\".\n");
    var name = escaped(title.toUpperCase(Locale.ROOT));
    return page.line(
        ".TH %s %d %s kleos\\-iam \"kleos\\-iam manual\"".formatted(name, section, DATE));
  }

  Roff heading(String title) {
    return macro("SH", title);
  }

  Roff subheading(String title) {
    return macro("SS", title);
  }

  /// The page's name and what it is about, as `apropos` finds it.
  Roff name(String name, String brief) {
    heading("NAME");
    text.append(escaped(name)).append(" \\-\n");
    return prose(brief);
  }

  /// A paragraph, each sentence on lines of its own.
  Roff paragraph(String prose) {
    begin();
    return prose(prose);
  }

  /// What is explained, and the explanation.
  ///
  /// @param term with its fonts, by [#bold(String)] and [#italic(String)]
  Roff item(String term, String prose) {
    text.append(".TP\n").append(term).append('\n');
    return prose(prose);
  }

  /// Lines as they are.
  Roff literal(List<String> lines) {
    begin();
    text.append(".RS 4\n.nf\n");
    for (var line : lines) {
      text.append(line.isBlank() ? ".sp" : start(escaped(line))).append('\n');
    }
    text.append(".fi\n.RE\n");
    return this;
  }

  /// A line that is roff already.
  Roff line(String roff) {
    text.append(roff).append('\n');
    return this;
  }

  static String bold(String words) {
    return "\\fB" + escaped(words) + "\\fR";
  }

  static String italic(String words) {
    return "\\fI" + escaped(words) + "\\fR";
  }

  static String escaped(String words) {
    var escaped = new StringBuilder();
    words
        .chars()
        .forEach(c ->
            escaped.append(
                switch (c) {
                  case '\\' -> "\\e";
                  case '-' -> "\\-";
                  case '\'' -> "\\(aq";
                  case '`' -> "\\(ga";
                  case '^' -> "\\(ha";
                  case '~' -> "\\(ti";
                  default -> c < 0x7f ? String.valueOf((char) c) : "\\[u%04X]".formatted(c);
                }));
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// Headings begin a paragraph by themselves.
  private void begin() {
    if (text.lastIndexOf("\n.S") < text.lastIndexOf("\n", text.length() - 2)) {
      text.append(".PP\n");
    }
  }

  private Roff prose(String prose) {
    for (var sentence : SENTENCES.split(prose.strip())) {
      var line = new StringBuilder();
      for (var word : WORDS.split(sentence)) {
        var next = escaped(word);
        if (!line.isEmpty() && line.length() + 1 + next.length() > WIDTH) {
          text.append(start(line.toString())).append('\n');
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(next);
      }
      text.append(start(line.toString())).append('\n');
    }
    return this;
  }

  /// What would be taken for a macro is none.
  private static String start(String line) {
    return line.startsWith(".") ? "\\&" + line : line;
  }

  private Roff macro(String name, String... arguments) {
    text.append('.').append(name);
    for (var argument : arguments) {
      var escaped = escaped(argument);
      text.append(' ').append(escaped.contains(" ") ? "\"" + escaped + "\"" : escaped);
    }
    text.append('\n');
    return this;
  }
}
