package dev.kleos.iam.emulator;

import com.google.iam.v1.Policy;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a fault does to the call that it meets.
sealed interface Effect {
  Effect NONE = new None();

  /// Whatever is asked for is done.
  record None() implements Effect {}

  /// Nothing is done.
  record Failure(StatusRuntimeException status) implements Effect {}

  /// The call waits; another fault may meet it besides.
  record Delay(Duration time) implements Effect {}

  /// What the call is answered with, nobody hears.
  record Lost() implements Effect {}

  /// The policy is read as it was.
  record Stale(Policy policy) implements Effect {}

  /// Accounts are not there for the call.
  ///
  /// @param uniqueIds of the accounts
  /// @param isDenied whether that is told as a missing permission
  record Hidden(Set<String> uniqueIds, boolean isDenied) implements Effect {
    boolean hides(Account account) {
      return uniqueIds.contains(account.uniqueId());
    }
  }

  /// A page has no more entries than this.
  record Page(int entries) implements Effect {}

  /// What hides an account from the call that this thread answers; empty where it is to be seen.
  static Optional<Hidden> hiding(Account account) {
    return CallGate.effect() instanceof Hidden hidden && hidden.hides(account)
        ? Optional.of(hidden)
        : Optional.empty();
  }
}
