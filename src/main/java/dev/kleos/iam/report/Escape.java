package dev.kleos.iam.report;

import dev.kleos.iam.model.Invisible;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The one place that makes text from outside harmless: whatever could move the cursor, change
/// colours, reorder or hide characters, or give an order to what reads a pipeline's log, becomes
/// visible as its code point in braces, after a backslash and a `u`.
///
/// Characters: C0 and C1 controls, DEL, line and paragraph separators, every format character
/// (Unicode category Cf: bidirectional marks, zero-width characters, tags), variation selectors,
/// private-use characters, unpaired surrogates, and the invisible fillers that are letters by
/// category.
///
/// Orders to a runner: GitHub's takes a line for a command that starts with two colons after any
/// white space, and `##[` anywhere; Azure's `##vso[` anywhere, TeamCity's `##teamcity[`. Source:
/// the code of both runners. GitLab's need an escape character. A third backtick or tilde in a row
/// could end the block of Markdown that a bot puts around the output.
public final class Escape {
  /// The longest text from outside that people are shown whole, in characters.
  private static final int LONGEST = 500;

  private static final int LONGEST_PIECE = 10_000;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Escape() {}

  /// A line with everything treacherous spelled out.
  public static String visible(String line) {
    return visible(List.of(line)).getFirst();
  }

  /// The pieces of a line, for what two of them make together counts too.
  static List<String> visible(List<String> pieces) {
    var line = String.join("", pieces);
    if (isHarmless(line)) {
      return pieces;
    }
    var orders = orders(line);
    var colon = startOfCommand(line);
    if (colon >= 0) {
      orders.set(colon);
    }
    var shown = new ArrayList<String>();
    var from = 0;
    for (var piece : pieces) {
      shown.add(visible(piece, orders.get(from, from + piece.length())));
      from += piece.length();
    }
    return shown;
  }

  /// A text from outside, cut where it is too long for anybody to read, with how long it is.
  public static String brief(String text) {
    return cut(text, LONGEST);
  }

  /// A piece of a line, cut where none of ours is so long: whatever was not cut by itself.
  static String bounded(String piece) {
    return cut(piece, LONGEST_PIECE);
  }

  private static String cut(String text, int most) {
    var length = text.codePointCount(0, text.length());
    return length <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most))
            + String.format(Locale.ROOT, "… (%,d characters)", length);
  }

  /// The same for JSON text that is already encoded: what is treacherous occurs only inside its
  /// strings, where an escape of four digits means the same. A line of it never starts with a
  /// colon.
  static String json(String encoded) {
    var orders = orders(encoded);
    var escaped = new StringBuilder(encoded.length());
    for (var i = 0; i < encoded.length(); i++) {
      var unit = encoded.charAt(i);
      var point =
          Character.isLowSurrogate(unit) && i > 0
              ? encoded.codePointBefore(i + 1)
              : encoded.codePointAt(i);
      if (unit == '\n' || (isPlain(point) && !orders.get(i))) {
        escaped.append(unit);
      } else {
        escaped.append("\\u").append(HEX.toHexDigits(unit));
      }
    }
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

  private static boolean isHarmless(String line) {
    for (var i = 0; i < line.length(); i = line.offsetByCodePoints(i, 1)) {
      var point = line.codePointAt(i);
      if (!isPlain(point) || "#`~:".indexOf(point) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static String visible(String piece, BitSet orders) {
    var escaped = new StringBuilder(piece.length() + 16);
    for (var i = 0; i < piece.length(); i = piece.offsetByCodePoints(i, 1)) {
      var point = piece.codePointAt(i);
      if (isPlain(point) && !orders.get(i)) {
        escaped.appendCodePoint(point);
      } else {
        escaped
            .append("\\u{")
            .append(Integer.toHexString(point).toUpperCase(Locale.ROOT))
            .append('}');
      }
    }
    return escaped.toString();
  }

  /// The characters without which there would be an order: of each, the one is marked that
  /// completes it.
  private static BitSet orders(String text) {
    var orders = new BitSet();
    for (var i = 1; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit == text.charAt(i - 1)
          && switch (unit) {
            case '#' -> opensCommand(text, i + 1);
            case '`', '~' -> i > 1 && text.charAt(i - 2) == unit;
            default -> false;
          }) {
        orders.set(i);
      }
    }
    return orders;
  }

  /// Whether a name, or none, and a bracket follow.
  private static boolean opensCommand(String text, int from) {
    var at = from;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '[';
  }

  /// Where the line's first colon is, if it starts with two; -1 if not. What is blank to the runner
  /// is more than what is blank to Java.
  private static int startOfCommand(String line) {
    var at = 0;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return line.startsWith("::", at) ? at : -1;
  }

  private static boolean isBlank(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  /// It changes how the character before it looks, and counts for nothing where texts are compared
  /// by the rules of a language. A plan file may hold one, as emoji do.
  private static boolean isVariationSelector(int point) {
    return (point >= 0xfe00 && point <= 0xfe0f)
        || (point >= 0xe0100 && point <= 0xe01ef)
        || (point >= 0x180b && point <= 0x180f);
  }
}
