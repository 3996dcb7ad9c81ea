package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;

/// Time as the loops see it, so that tests can play it.
public interface Timer {
  /// The machine's own.
  Timer SYSTEM =
      new Timer() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /// The time.
  Instant now();

  /// Waits.
  void sleep(Duration duration) throws InterruptedException;
}
