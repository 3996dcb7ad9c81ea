package dev.kleos.iam.model;

/// What a read of live state came to.
public sealed interface Live<T> {
  /// It is there.
  record Read<T>(T value) implements Live<T> {}

  /// It is not there, and that is no fault: its account is about to be created.
  record Absent<T>() implements Live<T> {}

  /// Whether it is there cannot be told.
  record Unreadable<T>(Failure failure) implements Live<T> {}
}
