package dev.kleos.iam.planfile;

/// Writes a single value, in quotes where YAML needs them or its neighbours have them.
final class ScalarText {
  private static final String NEVER_FIRST = ",[]{}#&*!|>'\"%@`";
  private static final String NOT_BEFORE_SPACE = "-?:";
  private static final String FLOW = ",[]{}";

  private ScalarText() {}

  /// @param quote the one that its neighbours have; empty for none
  /// @param inFlow whether it will stand in brackets or braces
  static String of(String text, String quote, boolean inFlow) {
    if (quote.equals("\"") && text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
      return quote + text + quote;
    }
    return quote.isEmpty() && isPlain(text, inFlow) ? text : "'" + text.replace("'", "''") + "'";
  }

  /// The quote that a value stands in; empty where it has none.
  static String quoteOf(Node.Scalar scalar, Layout layout) {
    var start = scalar.span().start();
    return !scalar.plain() && layout.has(start, "'\"") ? layout.text().slice(start, start + 1) : "";
  }

  private static boolean isPlain(String text, boolean inFlow) {
    return ScalarType.ofPlain(text) == ScalarType.TEXT
        && text.equals(text.strip())
        && beginsPlain(text, inFlow)
        && !text.endsWith(":")
        && !text.contains(": ")
        && !text.contains(" #")
        && text.indexOf('\t') < 0
        && !(inFlow && text.chars().anyMatch(c -> FLOW.indexOf(c) >= 0));
  }

  private static boolean beginsPlain(String text, boolean inFlow) {
    var first = text.charAt(0);
    return NOT_BEFORE_SPACE.indexOf(first) >= 0
        ? !inFlow && text.length() > 1 && text.charAt(1) != ' '
        : NEVER_FIRST.indexOf(first) < 0;
  }
}
