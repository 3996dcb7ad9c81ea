package dev.kleos.iam.workflow;

import dev.kleos.iam.model.Condition;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the end of access that somebody has compares with the end that is asked for now.
enum Terms {
  /// Nothing would change.
  SAME,
  /// Access would end earlier, or at all: nobody expects that of a grant.
  SHORTER,
  /// Access has an end, and none was asked for: that need not mean for ever.
  UNSAID,
  /// Access would last longer, as was asked for, or it has ended already.
  LONGER;

  /// Compares.
  ///
  /// @param has the condition under which somebody has access; null for none
  /// @param asked null for no end
  static Terms of(@Nullable Condition has, @Nullable Condition asked, Instant now) {
    if (Objects.equals(has, asked)) {
      return SAME;
    }
    if (has != null && has.hasEnded(now)) {
      return LONGER;
    }
    if (asked == null) {
      return UNSAID;
    }
    var end = has == null ? Instant.MAX : has.end().orElse(Instant.MAX);
    return end.isAfter(asked.end().orElse(Instant.MAX)) ? SHORTER : LONGER;
  }
}
