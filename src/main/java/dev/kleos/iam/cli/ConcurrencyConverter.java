package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Pace;

/// Reads how many calls there may be at once.
final class ConcurrencyConverter extends NumberConverter {
  ConcurrencyConverter() {
    super(Pace.MOST_AT_ONCE);
  }
}
