package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import dev.kleos.iam.model.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// When an entry ends: a day that still counts, or an instant that does not (RFC 3339).
final class UntilSyntax {
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  /// Google's timestamps end with the year 9999.
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private UntilSyntax() {}

  static Parsed<End> parse(String text) {
    if (text.length() > 40) {
      return bad(text);
    }
    try {
      if (DAY.matcher(text).matches()) {
        var day = LocalDate.parse(text);
        return day.getYear() < 9999 ? good(text, Condition.until(day)) : tooFar(text);
      }
      if (INSTANT.matcher(text).matches()) {
        var instant = OffsetDateTime.parse(text).toInstant();
        return instant.isAfter(LAST) ? tooFar(text) : good(text, Condition.until(instant));
      }
    } catch (DateTimeException noSuchDay) {
      return new Parsed.Bad<>(
          ProblemCode.UNTIL_FORM, "there is no such day or time as " + quote(text));
    }
    return bad(text);
  }

  private static Parsed<End> good(String text, Condition condition) {
    return new Parsed.Good<>(new End(text, condition));
  }

  private static Parsed<End> tooFar(String text) {
    return new Parsed.Bad<>(
        ProblemCode.UNTIL_FORM,
        quote(text) + " is later than Google can tell; leave \"until\" out for no end");
  }

  private static Parsed<End> bad(String text) {
    return new Parsed.Bad<>(
        ProblemCode.UNTIL_FORM,
        quote(text)
            + " is neither a day such as 2027-01-31 nor an instant such as 2027-01-31T18:00:00Z");
  }
}
