package dev.kleos.iam.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// Page tokens: the key after which the next page begins, so that a page stays right while rows
/// come and go. Opaque to callers (**documented**), hence in an encoding.
final class PageTokens {
  private PageTokens() {}

  /// Before all keys, and yet not empty: the token of the first page is.
  private static final String BEGIN = "\0";

  /// The rows of a page, and the token of the next; empty where this is the last.
  record Page<T>(List<T> rows, String next) {}

  /// The page that these rows are, or the beginning of it where a fault makes it short.
  ///
  /// @param rows one more than the page has where there are so many
  /// @param size of the page, from [#size]
  /// @param after what the page begins after, from [#parse]
  static <T> Page<T> page(List<T> rows, int size, String after, Function<T, String> key) {
    var most = CallGate.effect() instanceof Effect.Page(var entries) ? entries : size;
    var shown = Math.min(size, most);
    if (rows.size() <= shown) {
      return new Page<>(rows, "");
    }
    var last = shown > 0 ? key.apply(rows.get(shown - 1)) : after.isEmpty() ? BEGIN : after;
    return new Page<>(rows.subList(0, shown), after(last));
  }

  private static String after(String key) {
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
