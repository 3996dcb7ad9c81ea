package dev.kleos.iam.emulator.server;

import java.util.Optional;

/// Answers a family of paths.
@FunctionalInterface
interface RestHandler {

  /// Empty for a path of another family.
  ///
  /// @throws io.grpc.StatusRuntimeException for a request that fails
  Optional<RestAnswer> answer(RestRequest request);
}
