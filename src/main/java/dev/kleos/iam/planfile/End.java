package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When access ends.
///
/// @param spelling as an entry's `until` says it
/// @param condition what Google is told
public record End(String spelling, Condition condition) {
  /// The end that a text means: a last day, or an instant by RFC 3339.
  ///
  /// @throws PlanUsageException where it is neither, or has passed
  public static End parse(String text, Instant now) {
    return switch (UntilSyntax.parse(text)) {
      case Parsed.Bad<End>(_, var message) -> throw new PlanUsageException(message);
      case Parsed.Good<End>(var end) -> {
        if (end.condition().hasEnded(now)) {
          throw new PlanUsageException(Wording.quote(text) + " has passed already");
        }
        yield end;
      }
    };
  }

  /// The end of a time that begins now, rounded up to the minute.
  ///
  /// @throws PlanUsageException where that is later than Google can tell
  public static End after(Duration time, Instant now) {
    var end = now.plus(time);
    var minute = end.truncatedTo(ChronoUnit.MINUTES);
    return parse((minute.equals(end) ? end : minute.plus(1, ChronoUnit.MINUTES)).toString(), now);
  }
}
