package dev.kleos.iam.session;

import java.util.Optional;

/// A property of gcloud that is set.
///
/// @param property its name, such as `core/account`
/// @param file the file of the configuration that is active, the home folder as `~`
/// @param variable the variable that sets it; empty where the file does
public record Setting(String property, String value, String file, Optional<String> variable) {
  /// What sets it: a variable, or a file.
  public String origin() {
    return variable.orElse(file);
  }

  /// Without the value, which may be a password.
  @Override
  public String toString() {
    return "Setting[" + property + " by " + origin() + "]";
  }
}
