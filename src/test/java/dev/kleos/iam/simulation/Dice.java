package dev.kleos.iam.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Chance, all of it from one seed.
final class Dice {
  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  static Dice of(long seed) {
    return new Dice(new SplittableRandom(seed));
  }

  /// Dice of their own, so that what is drawn here later does not depend on what is drawn there.
  Dice split() {
    return new Dice(random.split());
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /// Between none and `bound - 1`.
  int upTo(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long number() {
    return random.nextLong();
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  Duration seconds(int least, int most) {
    return millis(least * 1000, most * 1000);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /// The same for the code under test.
  RandomGenerator generator() {
    return random;
  }
}
