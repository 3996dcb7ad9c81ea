package dev.kleos.iam.report;

/// What a line says happens. Losses come first, so that they are seen first.
enum Sign {
  REMOVED("-", Style.REMOVED),
  CHANGED("~", Style.CHANGED),
  ADDED("+", Style.ADDED),
  UNMANAGED("!", Style.REMOVED);

  private final String mark;
  private final Style style;

  Sign(String mark, Style style) {
    this.mark = mark;
    this.style = style;
  }

  Span span() {
    return new Span(style, mark);
  }
}
