package dev.kleos.iam.cli;

import java.util.function.Consumer;

/// A world with one fault.
///
/// @param name what is wrong
/// @param isGoogle whether the road goes by Google; else by a running emulator
/// @param fault makes it
/// @param said what `doctor` says of it: the line with the ✗, and what mends it
record BrokenWorld(String name, boolean isGoogle, Consumer<Scene> fault, String said) {
  static BrokenWorld onGoogle(String name, Consumer<Scene> fault, String said) {
    return new BrokenWorld(name, true, fault, said);
  }

  static BrokenWorld onEmulator(String name, Consumer<Scene> fault, String said) {
    return new BrokenWorld(name, false, fault, said);
  }

  @Override
  public String toString() {
    return name;
  }
}
