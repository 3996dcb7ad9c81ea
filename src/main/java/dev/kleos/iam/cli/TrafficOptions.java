package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.RateQuota;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How fast an emulator answers, and how often.
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

  /// The same emulator, which plays it from now on.
  Emulator played(Emulator emulator) {
    emulator.delayAnswers(latency);
    if (enforceQuotas) {
      emulator.enforce(RateQuota.OF_IAM);
    }
    return emulator;
  }
}
