package dev.kleos.iam.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// When a grant holds: a CEL expression, as Google keeps it. Conditions are equal when title,
/// expression and description are equal to the letter, which is how Google tells bindings apart.
public record Condition(String title, String expression, String description)
    implements Comparable<Condition> {
  private static final Pattern TIME_BOUND =
      Pattern.compile(
          "\\s*request\\.time\\s*<(=?)\\s*timestamp\\(\\s*[\"']([^\"']+)[\"']\\s*\\)\\s*");

  private static final Pattern LITERAL =
      Pattern.compile(
          "(?i:\\b(?:r|rb|br)(?:\"[^\"]*\"|'[^']*'))"
              + "|\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'",
          Pattern.DOTALL);

  private static final Pattern OPERATOR = Pattern.compile("&&|\\|\\||!(?!=)");

  /// Google's timestamps are of the years 1 to 9999.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  /// The condition of a grant that ends with the given day in UTC, that day included.
  public static Condition until(LocalDate lastDay) {
    return until(lastDay.toString(), lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /// The condition of a grant that ends at the given instant.
  public static Condition until(Instant end) {
    return until(end.toString(), end);
  }

  /// The instant from which the condition no longer holds, where the whole expression is a bound on
  /// `request.time`. Anything cleverer has no end that we claim to know.
  public Optional<Instant> end() {
    var bound = TIME_BOUND.matcher(expression);
    if (!bound.matches()) {
      return Optional.empty();
    }
    try {
      var end = Instant.parse(bound.group(2));
      return Optional.of(bound.group(1).isEmpty() ? end : end.plusNanos(1))
          .filter(instant -> !instant.isBefore(FIRST) && instant.isBefore(BEYOND));
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }

  /// How many logical operators (`&&`, `||`, `!`) the expression has, outside of text literals.
  public int logicalOperators() {
    var bare = LITERAL.matcher(expression).replaceAll("");
    return (int) OPERATOR.matcher(bare).results().count();
  }

  /// Whether the condition has ended for good.
  public boolean hasEnded(Instant now) {
    return end().filter(end -> !now.isBefore(end)).isPresent();
  }

  @Override
  public int compareTo(Condition other) {
    var byTitle = title.compareTo(other.title);
    if (byTitle != 0) {
      return byTitle;
    }
    var byExpression = expression.compareTo(other.expression);
    return byExpression != 0 ? byExpression : description.compareTo(other.description);
  }

  private static Condition until(String label, Instant end) {
    return new Condition(
        "kleos-iam until " + label, "request.time < timestamp(\"" + end + "\")", "");
  }
}
