package dev.kleos.iam.cli;

/// The number of a run, as `kleos-iam history` lists it.
final class RunConverter extends NumberConverter {
  RunConverter() {
    super(999_999_999);
  }
}
