package dev.kleos.iam.emulator;

import java.util.Optional;

/// How a fault is played. Used under the world's lock.
@FunctionalInterface
interface Staging {

  /// What would be done to a call; empty where there is nothing to be done to it.
  ///
  /// @param request the message of the call
  Optional<Effect> on(Call call, Object request);

  /// Told that an account was created by a call.
  default void created(String uniqueId) {}

  /// Told that the fault is over.
  default void ended() {}
}
