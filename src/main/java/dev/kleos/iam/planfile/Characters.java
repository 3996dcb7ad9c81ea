package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Invisible;

/// Characters that make a reviewer read another file than the program does.
///
/// Refused in comments too: a comment that an editor shows in front of the code it hides behind is
/// the oldest form of the trick. Source: "Trojan Source", CVE-2021-42574.
final class Characters {
  private Characters() {}

  /// Whether a text file has no business with it: C0 but tab and line ends, DEL, C1, and what
  /// Unicode says is no character.
  static boolean isControl(int codePoint) {
    var c0 = codePoint < ' ' && codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
    var c1 = codePoint >= 0x7f && codePoint <= 0x9f;
    var none = (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    return c0 || c1 || none;
  }

  /// Whether a value that is written on one line cannot have it.
  static boolean isUnwritable(int codePoint) {
    return isControl(codePoint)
        || codePoint == '\n'
        || codePoint == '\r'
        || Invisible.isHidden(codePoint);
  }

  /// E.g. `U+202E (RIGHT-TO-LEFT OVERRIDE)`.
  static String name(int codePoint) {
    var name = Character.getName(codePoint);
    return "U+%04X".formatted(codePoint) + (name == null ? "" : " (" + name + ")");
  }
}
