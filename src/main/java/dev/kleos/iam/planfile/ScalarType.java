package dev.kleos.iam.planfile;

import java.util.regex.Pattern;

/// What a scalar is in the core schema of YAML 1.2 (chapter 10.3): there `yes` and `2027-01-31` are
/// texts.
enum ScalarType {
  TEXT("a text"),
  NULL("nothing"),
  BOOLEAN("true or false"),
  INTEGER("a number"),
  FLOAT("a number");

  private static final Pattern INTEGERS = Pattern.compile("[-+]?[0-9]++|0o[0-7]++|0x[0-9a-fA-F]++");
  private static final Pattern FLOATS =
      Pattern.compile(
          "[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?)([eE][-+]?[0-9]++)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final String kind;

  ScalarType(String kind) {
    this.kind = kind;
  }

  /// The type of a scalar without quotes.
  static ScalarType ofPlain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> BOOLEAN;
      default -> Character.isLetter(text.charAt(0)) ? TEXT : ofNumber(text);
    };
  }

  private static ScalarType ofNumber(String text) {
    if (INTEGERS.matcher(text).matches()) {
      return INTEGER;
    }
    return FLOATS.matcher(text).matches() ? FLOAT : TEXT;
  }

  String kind() {
    return kind;
  }
}
