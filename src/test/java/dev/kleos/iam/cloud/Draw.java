package dev.kleos.iam.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/// A generator that answers as it is told, and remembers the bounds that it was asked for.
public record Draw(LongUnaryOperator answer, List<Long> bounds) implements RandomGenerator {
  /// Always the largest.
  public static Draw largest() {
    return new Draw(bound -> bound - 1, new ArrayList<>());
  }

  /// Always nothing.
  public static Draw zero() {
    return new Draw(_ -> 0, new ArrayList<>());
  }

  @Override
  public long nextLong(long bound) {
    bounds.add(bound);
    return answer.applyAsLong(bound);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException();
  }
}
