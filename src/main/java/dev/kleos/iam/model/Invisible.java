package dev.kleos.iam.model;

/// Characters that show nothing, or change how their neighbours show: with them a text reads as
/// another than it is. Source: "Trojan Source", CVE-2021-42574, and Unicode's blank letters.
public final class Invisible {
  private Invisible() {}

  /// Whether it is a bidirectional control, a zero-width character, a filler or a line separator.
  public static boolean isHidden(int codePoint) {
    if (codePoint < 0x80) {
      return false;
    }
    return switch (codePoint) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
      default ->
          switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
          };
    };
  }
}
