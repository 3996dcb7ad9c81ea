package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Makes clouds whose calls are made again where that may help, until a deadline that all of them
/// share.
public final class RetryingCloud {
  private RetryingCloud() {}

  /// Tries for so long from the first call on; but where not one call is answered, no longer than
  /// 25 s.
  public static Cloud within(Duration timeout, Cloud cloud, Timer timer, RandomGenerator random) {
    return new WrappedCloud(cloud, new Retries(Deadline.after(timeout, timer), timer, random));
  }

  /// Tries until then.
  public static Cloud until(Instant deadline, Cloud cloud, Timer timer, RandomGenerator random) {
    return new WrappedCloud(cloud, new Retries(Deadline.at(deadline, timer), timer, random));
  }
}
