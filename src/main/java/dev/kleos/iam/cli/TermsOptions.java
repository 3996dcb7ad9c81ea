package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.End;
import dev.kleos.iam.planfile.PlanUsageException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// On what terms access is granted.
final class TermsOptions {
  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = {
        "The last day of it: 2027-01-31.",
        "In UTC; or its end: 2027-01-31T18:00:00Z."
      })
  private @Nullable String until;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long from now: 8h, 30d.")
  private @Nullable Duration time;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = {
        "Why: for the plan file, never sent to Google.",
        "Whoever reviews the file reads it."
      })
  private @Nullable String reason;

  @Option(
      names = "--replace",
      description = {
        "Let access end earlier, or drop its end.",
        "Without it, access that holds is never made to end earlier, nor loses the end that it has."
      })
  boolean replace;

  /// Why; null where that is not said.
  ///
  /// @throws PlanUsageException where the plan file stays as it is, and so cannot say it
  @Nullable String reason(boolean unsaved) {
    if (reason == null || reason.isBlank()) {
      return null;
    }
    if (unsaved) {
      throw new PlanUsageException(
          "--reason is for the plan file, and --no-save leaves that alone");
    }
    return reason;
  }

  /// When access ends; null where it does not.
  ///
  /// @throws PlanUsageException where that is said twice, or is no time to come
  @Nullable End end(Instant now) {
    if (until != null && time != null) {
      throw new PlanUsageException("--until and --for say the same; keep one of them");
    }
    if (until != null) {
      return End.parse(until, now);
    }
    return time == null ? null : End.after(time, now);
  }
}
