package dev.kleos.iam.cli;

/// Reads how many calls there may be in a second; some projects have been granted more than others.
final class QpsConverter extends NumberConverter {
  QpsConverter() {
    super(10_000);
  }
}
