package dev.kleos.iam.cloud;

import java.util.regex.Pattern;

/// A bearer token, which is a secret: whoever has it is taken for whom it is for, for up to an
/// hour. Nothing but [#value()] tells it.
///
/// @param value as it is sent
public record Token(String value) {
  /// What can stand in a header. What sends one complains of any other character by repeating the
  /// whole, so there is no token that has one.
  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  /// @throws IllegalArgumentException where it cannot be sent; does not repeat it
  public Token {
    if (!isSendable(value)) {
      throw new IllegalArgumentException("a token that cannot be sent");
    }
  }

  /// Whether a text can be a token.
  public static boolean isSendable(String value) {
    return SENDABLE.matcher(value).matches();
  }

  @Override
  public String toString() {
    return "a token that is not shown";
  }
}
