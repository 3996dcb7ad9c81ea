package dev.kleos.iam.report;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.stream.Stream;

/// Where lines for people go: everything printed passes through here, is escaped, and only then
/// coloured.
public final class Screen {
  private final PrintStream out;
  private final boolean colour;

  public Screen(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /// One line.
  public void line(Span... spans) {
    var line = new StringBuilder();
    var texts = Escape.visible(Stream.of(spans).map(Span::text).map(Escape::bounded).toList());
    for (var i = 0; i < spans.length; i++) {
      line.append(colour ? spans[i].style().wrap(texts.get(i)) : texts.get(i));
    }
    out.println(line.toString().stripTrailing());
  }

  /// One line in plain style.
  public void line(String text) {
    line(Span.of(text));
  }

  /// A text of many lines from outside, whole; a tab is harmless.
  public void text(String text) {
    text.lines()
        .map(line -> Stream.of(line.split("\t", -1)).map(Escape::visible).collect(joining("\t")))
        .forEach(out::println);
  }

  /// An empty line.
  public void blank() {
    out.println();
  }

  /// A question, with the cursor left behind it.
  public void prompt(String text) {
    out.print(Escape.visible(text));
    out.flush();
  }

  /// Overwrites the current line of a terminal, for progress; an empty text clears it.
  public void status(String text) {
    out.print("\r\u001b[K" + Escape.visible(text));
    out.flush();
  }
}
