package dev.kleos.iam.cloud;

import java.util.function.Supplier;

/// What is done around every call of a [WrappedCloud]. Each method answers with what the call
/// answers, or throws what it throws.
interface Wrapping {
  /// A call that changes nothing.
  <T> T read(Supplier<T> call);

  /// A call that can change something.
  <T> T write(Supplier<T> call);

  /// A call that changes nothing, and that a run can do without.
  <T> T kindly(Supplier<T> call);

  /// The same, but that its waits are slept by another timer.
  Wrapping by(Timer timer);
}
