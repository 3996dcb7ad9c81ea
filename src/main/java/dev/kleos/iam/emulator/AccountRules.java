package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What a service account may be called. The rules are **documented**, the texts **assumed**.
final class AccountRules {
  private static final Pattern ID = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])");
  private static final int MIN_ID = 6;
  private static final int MAX_ID = 30;
  private static final int MAX_DISPLAY_NAME_BYTES = 100;
  private static final int MAX_DESCRIPTION_BYTES = 256;

  private AccountRules() {}

  /// @throws StatusRuntimeException unless the id has 6 to 30 characters of the form
  ///   `[a-z]([-a-z0-9]*[a-z0-9])`
  static String id(String id) {
    if (id.length() < MIN_ID || id.length() > MAX_ID || !ID.matcher(id).matches()) {
      throw Errors.invalid(
          "Invalid service account ID ("
              + id
              + "). It must have 6 to 30 characters and match [a-z]([-a-z0-9]*[a-z0-9]).");
    }
    return id;
  }

  /// @throws StatusRuntimeException when it has more than 100 bytes of UTF-8
  static String displayName(String text) {
    return atMost(MAX_DISPLAY_NAME_BYTES, text, "display name");
  }

  /// @throws StatusRuntimeException when it has more than 256 bytes of UTF-8
  static String description(String text) {
    return atMost(MAX_DESCRIPTION_BYTES, text, "description");
  }

  private static String atMost(int max, String text, String what) {
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > max) {
      throw Errors.invalid(
          "The " + what + " has " + bytes + " bytes of UTF-8; at most " + max + " are allowed.");
    }
    return text;
  }
}
