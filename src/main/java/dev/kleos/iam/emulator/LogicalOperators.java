package dev.kleos.iam.emulator;

/// Counts `&&`, `||` and `!` in an expression of the Common Expression Language, string literals
/// left out.
final class LogicalOperators {
  private final String expression;
  private int at;

  private LogicalOperators(String expression) {
    this.expression = expression;
  }

  static int count(String expression) {
    return new LogicalOperators(expression).count();
  }

  private int count() {
    var operators = 0;
    while (at < expression.length()) {
      var c = expression.charAt(at);
      if (c == '"' || c == '\'') {
        skipLiteral(c);
      } else if (expression.startsWith("&&", at) || expression.startsWith("||", at)) {
        operators++;
        at += 2;
      } else {
        operators += c == '!' && !expression.startsWith("!=", at) ? 1 : 0;
        at++;
      }
    }
    return operators;
  }

  private void skipLiteral(char quote) {
    var raw = isRaw();
    var single = String.valueOf(quote);
    var end = expression.startsWith(single.repeat(3), at) ? single.repeat(3) : single;
    at += end.length();
    while (at < expression.length() && !expression.startsWith(end, at)) {
      at += !raw && expression.charAt(at) == '\\' ? 2 : 1;
    }
    at += end.length();
  }

  /// Whether the literal here has the prefix `r`, maybe with a `b`, under which a backslash is an
  /// ordinary character.
  private boolean isRaw() {
    var start = at;
    while (start > 0 && Character.isJavaIdentifierPart(expression.charAt(start - 1))) {
      start--;
    }
    return switch (expression.substring(start, at)) {
      case "r", "R", "rb", "rB", "Rb", "RB", "br", "bR", "Br", "BR" -> true;
      default -> false;
    };
  }
}
