package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How fast calls are made.
final class PaceOptions {
  private static final int SECONDS = 60;

  @Option(
      names = "--qps",
      paramLabel = "N",
      defaultValue = "100",
      converter = QpsConverter.class,
      description = {
        "At most so many reads a second, on the average of any minute; 100 (default).",
        "And a tenth as many writes. 100 is what Google takes from a project."
      })
  private int qps;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "64",
      converter = ConcurrencyConverter.class,
      description = "At most so many calls at once: 1 to 100, 64 (default).")
  private int concurrency;

  private @Nullable Pace pace;

  /// The pace of this run, one for all its calls.
  Pace pace() {
    if (pace == null) {
      pace = new Pace(SECONDS * qps, concurrency);
    }
    return pace;
  }
}
