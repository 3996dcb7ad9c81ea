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
      description =
          "Answer every call of an API so much later, such as 20ms; calls do not wait for each"
              + " other.")
  private Duration latency = Duration.ZERO;

  @Option(
      names = "--enforce-quotas",
      description =
          "Refuse, as Google does, what exceeds 6,000 reads and 600 writes of an API a minute and a"
              + " project.")
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
