package dev.kleos.iam.emulator;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who makes a call, by the access token that comes with it.
///
/// A token never leaves this class: what is none of ours could be somebody's real one.
final class Callers {
  /// The caller without a token, who may do everything.
  static final String OPERATOR = "operator";

  static final String UNKNOWN = "unknown";
  private static final String SCHEME = "bearer";
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private final AccessTokens tokens;

  Callers(AccessTokens tokens) {
    this.tokens = tokens;
  }

  /// The caller that an `authorization` header names: `operator` without a token, the e-mail that
  /// stands in place of a token, or the principal that a token was minted for here; else `unknown`.
  String of(@Nullable String authorization) {
    var header = authorization == null ? SCHEME : authorization.strip();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return UNKNOWN;
    }
    var token = header.substring(SCHEME.length());
    if (!token.isEmpty() && !Character.isWhitespace(token.charAt(0))) {
      return UNKNOWN;
    }
    return ofToken(token.strip());
  }

  /// Whether a text names a person or an account, rather than being a secret.
  static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  private String ofToken(String token) {
    if (token.isEmpty() || token.equals(OPERATOR)) {
      return OPERATOR;
    }
    return isEmail(token) ? token : tokens.caller(token).orElse(UNKNOWN);
  }
}
