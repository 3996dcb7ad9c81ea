package dev.kleos.iam.report;

/// A piece of a line. Its text may come from anywhere; the screen escapes it.
public record Span(Style style, String text) {
  /// Text in plain style.
  public static Span of(String text) {
    return new Span(Style.PLAIN, text);
  }

  /// Text that leads the eye.
  public static Span bold(String text) {
    return new Span(Style.BOLD, text);
  }

  /// The same, filled up with spaces to a width in characters as the screen shows them.
  Span padded(int width) {
    return new Span(style, text + " ".repeat(Math.max(0, width - width(text))));
  }

  /// How many characters the text takes on the screen.
  static int width(String text) {
    var shown = Escape.visible(text);
    return shown.codePointCount(0, shown.length());
  }
}
