package dev.kleos.iam.session;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file of the user's where the impersonation of an account is switched on and off.
sealed interface Switch permits GcloudSwitch, ActiveConfigSwitch, ProgramsSwitch {
  /// The one of a name.
  ///
  /// @throws IllegalArgumentException where there is none
  static Switch named(String name, Map<String, String> env) {
    return switch (name) {
      case GcloudSwitch.NAME -> new GcloudSwitch(env);
      case ActiveConfigSwitch.NAME -> new ActiveConfigSwitch(env);
      case ProgramsSwitch.NAME -> new ProgramsSwitch(env);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// All of them.
  static List<String> names() {
    return List.of(GcloudSwitch.NAME, ActiveConfigSwitch.NAME, ProgramsSwitch.NAME);
  }

  /// As it is written down.
  String name();

  /// What switches it on.
  ///
  /// @throws BrokenSettingException where that cannot be, or would change nothing
  /// @throws IOException where the file cannot be read
  FileChange on(String account) throws IOException;

  /// What takes an account out of a file that somebody has edited since, and leaves the rest; empty
  /// where it is not in there.
  ///
  /// @param before what the file was when it was switched on
  /// @throws BrokenSettingException where the file cannot be understood
  Optional<byte[]> without(String account, byte[] now, Optional<byte[]> before);
}
