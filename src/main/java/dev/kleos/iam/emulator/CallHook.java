package dev.kleos.iam.emulator;

/// A test's foot in the door: plays the rival, the slow server or the broken one.
@FunctionalInterface
public interface CallHook {

  /// Runs before each call, outside the world's lock, on the call's own thread. It may block, may
  /// change the world, and may throw an [io.grpc.StatusRuntimeException], which then is the call's
  /// answer. A call that it makes to the same emulator comes here as well.
  void before(Call call);
}
