package dev.kleos.iam.report;

import dev.kleos.iam.model.Invisible;

/// The one place that makes text from outside harmless: whatever could move the cursor, change
/// colours, reorder or hide characters becomes visible as its code point in braces, after a
/// backslash and a `u`.
///
/// Covered: C0 and C1 controls, DEL, line and paragraph separators, every format character (Unicode
/// category Cf: bidirectional marks, zero-width characters, tags), private-use characters, unpaired
/// surrogates, and the invisible fillers that are letters by category.
public final class Escape {
  private Escape() {}

  /// The text with every treacherous character spelled out.
  public static String visible(String text) {
    if (text.codePoints().allMatch(Escape::isPlain)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (isPlain(point)) {
            escaped.appendCodePoint(point);
          } else {
            escaped.append(String.format("\\u{%X}", point));
          }
        });
    return escaped.toString();
  }

  /// The same for JSON text that is already encoded: such characters occur only inside its strings,
  /// where an escape of four digits means the same.
  static String json(String encoded) {
    var escaped = new StringBuilder(encoded.length());
    encoded
        .codePoints()
        .forEach(point -> {
          if (point == '\n' || isPlain(point)) {
            escaped.appendCodePoint(point);
          } else {
            for (var unit : Character.toChars(point)) {
              escaped.append(String.format("\\u%04X", (int) unit));
            }
          }
        });
    return escaped.toString();
  }

  static boolean isPlain(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED ->
          false;
      default -> !Invisible.isHidden(point) && !isVariationSelector(point);
    };
  }

  /// It changes how the character before it looks. A plan file may hold one, as emoji do.
  private static boolean isVariationSelector(int point) {
    return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
  }
}
