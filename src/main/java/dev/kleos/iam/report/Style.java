package dev.kleos.iam.report;

/// How a piece of text looks where colours are on. It never says anything that the text does not.
///
/// Nothing tells whether a terminal is dark or light, and none of its own sixteen colours can be
/// read on both: a yellow that is fine on black is nothing on white. So words have the terminal's
/// own colour, bold or reversed at most, and only a sign beside them has a hue, of the 216 that no
/// theme changes, and of those one that stands out from either (3:1, which is what WCAG 2.1 asks
/// for in 1.4.11).
public enum Style {
  PLAIN(""),
  BOLD("1"),
  ALARM("1;7"),
  ADDED("1;38;5;28"),
  CHANGED("1;38;5;33"),
  REMOVED("1;38;5;196");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /// Spaces at the end stay as they are: reversed, they would be seen.
  String wrap(String text) {
    var seen = text.stripTrailing();
    return code.isEmpty() || seen.isEmpty()
        ? text
        : "\u001b[" + code + "m" + seen + "\u001b[0m" + text.substring(seen.length());
  }
}
