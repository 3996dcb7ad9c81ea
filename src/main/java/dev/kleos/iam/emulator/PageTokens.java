package dev.kleos.iam.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Page tokens: the key after which the next page begins, so that a page stays right while rows
/// come and go. Opaque to callers (**documented**), hence in an encoding.
final class PageTokens {
  private PageTokens() {}

  static String after(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /// The key after which a page begins; for the first page, one that is before all others.
  ///
  /// @throws io.grpc.StatusRuntimeException when it is none of ours (**assumed**)
  static String parse(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Errors.invalidArgument();
    }
  }

  /// How many rows a page has (**documented**).
  ///
  /// @throws io.grpc.StatusRuntimeException for a negative number (**assumed**)
  static int size(int asked, int byDefault, int max) {
    if (asked < 0) {
      throw Errors.invalidArgument();
    }
    return asked == 0 ? byDefault : Math.min(asked, max);
  }
}
