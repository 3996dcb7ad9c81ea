package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.AccessTokens;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a running emulator is to take the caller for: what `KLEOS_IAM_EMULATOR_TOKEN` says.
///
/// @param token `operator`, who may do everything; an e-mail address; or an access token that the
///   emulator issued
public record EmulatorCaller(String token) {
  static final String VARIABLE = "KLEOS_IAM_EMULATOR_TOKEN";
  private static final String OPERATOR = "operator";
  private static final Pattern EMAIL = Pattern.compile("[\\w.%+'-]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final Pattern ISSUED =
      Pattern.compile(Pattern.quote(AccessTokens.PREFIX) + "[\\w.~+/=-]+");

  /// What the variable says; the operator where it says nothing.
  ///
  /// @throws IllegalArgumentException where it is something else, without repeating it: it may be a
  ///   credential
  static EmulatorCaller of(Map<String, String> env) {
    var token = env.getOrDefault(VARIABLE, "");
    if (token.isEmpty() || token.equals(OPERATOR)) {
      return new EmulatorCaller(OPERATOR);
    }
    if (!EMAIL.matcher(token).matches() && !ISSUED.matcher(token).matches()) {
      throw new IllegalArgumentException(
          VARIABLE
              + " is neither an e-mail address nor an access token of the emulator; it was not sent,"
              + " since it may be a real one: write operator or an e-mail address, or unset it");
    }
    return new EmulatorCaller(token);
  }

  /// The e-mail address, where it is one.
  Optional<String> email() {
    return EMAIL.matcher(token).matches() ? Optional.of(token) : Optional.empty();
  }
}
