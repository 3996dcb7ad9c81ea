package dev.kleos.iam.emulator;

import java.time.Duration;

/// How many calls of an API a project may make in any time of a length.
///
/// @param reads that change nothing
/// @param writes all others
public record RateQuota(int reads, int writes, Duration window) {
  /// What Google allows for IAM (**documented**); the same for the other APIs is **assumed**.
  public static final RateQuota OF_IAM = new RateQuota(6000, 600, Duration.ofMinutes(1));

  public RateQuota {
    if (reads < 1 || writes < 1 || !window.isPositive()) {
      throw new IllegalArgumentException("a quota that allows nothing");
    }
  }
}
