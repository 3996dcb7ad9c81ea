package dev.kleos.iam.report;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where lines for people go: everything printed passes through here, is escaped, wrapped to the
/// width of a terminal, and only then coloured.
public final class Screen {
  private final PrintStream out;
  private final boolean colour;
  private final int columns;

  /// A screen of no known width: a pipe, or a file.
  public Screen(PrintStream out, boolean colour) {
    this(out, colour, 0);
  }

  /// @param columns the terminal's width in characters; 0 where it is none, or not known
  public Screen(PrintStream out, boolean colour, int columns) {
    this.out = out;
    this.colour = colour;
    this.columns = columns;
  }

  /// One line; where it has to be broken, what follows is indented by two more.
  public void line(Span... spans) {
    var texts = visible(spans);
    var text = String.join("", texts);
    var indent = text.length() - text.stripLeading().length();
    print(spans, texts, false, indent + 2);
  }

  /// One line in plain style.
  public void line(String text) {
    line(Span.of(text));
  }

  /// The same, where it goes on so far to the right.
  void hanging(int hanging, Span... spans) {
    print(spans, visible(spans), false, hanging);
  }

  /// One line of cells, which are better not broken.
  ///
  /// @param hanging how far it is indented where it goes on
  public void cells(int hanging, Span... spans) {
    print(spans, visible(spans), true, hanging);
  }

  /// One line that is never broken: a line of a file, and what stands below it.
  void whole(Span... spans) {
    out.println(coloured(spans, visible(spans), 0, Integer.MAX_VALUE).stripTrailing());
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

  /// Overwrites the current line of a terminal, for progress; an empty text clears it. What would
  /// not fit the line is cut: only one line can be overwritten.
  public void status(String text) {
    var shown = Escape.visible(text);
    var most = columns == 0 ? Integer.MAX_VALUE : columns - 1;
    var isCut = shown.codePointCount(0, shown.length()) > most;
    out.print(
        "\r\u001b[K" + (isCut ? shown.substring(0, shown.offsetByCodePoints(0, most)) : shown));
    out.flush();
  }

  private static List<String> visible(Span... spans) {
    return Escape.visible(Stream.of(spans).map(Span::text).map(Escape::bounded).toList());
  }

  private void print(Span[] spans, List<String> texts, boolean inCells, int hanging) {
    var whole = String.join("", texts).stripTrailing();
    var cells = new ArrayList<Wrap.Part>();
    var at = 0;
    for (var text : texts) {
      var end = Math.min(at + text.length(), whole.length());
      if (end > at) {
        cells.add(new Wrap.Part(at, end));
      }
      at += text.length();
    }
    var indent = "";
    for (var part : Wrap.parts(whole, inCells ? cells : List.of(), columns, hanging)) {
      out.println(indent + coloured(spans, texts, part.from(), part.to()).stripTrailing());
      indent = " ".repeat(hanging);
    }
  }

  /// A part of the line.
  private String coloured(Span[] spans, List<String> texts, int from, int to) {
    var line = new StringBuilder();
    var begin = 0;
    for (var i = 0; i < spans.length; i++) {
      var text = texts.get(i);
      var first = Math.clamp(from - begin, 0, text.length());
      var last = Math.clamp((long) to - begin, first, text.length());
      var part = text.substring(first, last);
      line.append(colour ? spans[i].style().wrap(part) : part);
      begin += text.length();
    }
    return line.toString();
  }
}
