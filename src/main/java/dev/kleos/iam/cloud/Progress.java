package dev.kleos.iam.cloud;

/// Told how far a long piece of work has come. Called from several threads.
@FunctionalInterface
public interface Progress {
  /// Nobody watches.
  Progress NONE = (_, _) -> {};

  /// `done` of `total` steps are finished.
  void at(int done, int total);
}
