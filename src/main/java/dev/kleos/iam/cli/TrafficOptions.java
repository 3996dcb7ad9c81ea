package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.RateQuota;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How fast an emulator answers, how often, and when, and what goes wrong with it.
final class TrafficOptions {
  @Option(
      names = "--latency",
      paramLabel = "TIME",
      converter = LatencyConverter.class,
      description = {
        "Answer every call so much later: 20ms, 1s.",
        "Of an API; calls do not wait for each other."
      })
  private Duration latency = Duration.ZERO;

  @Option(
      names = "--enforce-quotas",
      description = {
        "Refuse what exceeds Google's quotas.",
        "As Google does: 6,000 reads and 600 writes of an API in a minute, of each project."
      })
  private boolean enforceQuotas;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = {
        "Let calls fail as this file says.",
        "What it can say is in the README; POST /_emulator/faults adds to it, DELETE ends it."
      })
  private @Nullable Path faults;

  @Option(
      names = "--clock-ahead",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = {
        "Begin with a clock that is so much ahead, as in 30d.",
        "Conditions, tokens, quotas and deletions go by it. POST /_emulator/clock moves it on."
      })
  private Duration clockAhead = Duration.ZERO;

  /// The same emulator, which plays it from now on.
  ///
  /// @throws dev.kleos.iam.emulator.UnreadableException where the faults cannot be used
  Emulator played(Emulator emulator, Surroundings surroundings) {
    emulator.advanceClock(clockAhead);
    emulator.delayAnswers(latency);
    if (faults != null) {
      emulator.faults().addFrom(surroundings.directory().resolve(faults));
    }
    if (enforceQuotas) {
      emulator.enforce(RateQuota.OF_IAM);
    }
    return emulator;
  }
}
