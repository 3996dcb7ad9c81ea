package dev.kleos.iam.emulator.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credential of a request: the `Authorization` header, or the access token in a parameter.
final class Credential {
  /// **Documented**: Google's discovery documents have these among the parameters of every method.
  private static final List<String> PARAMETERS = List.of("access_token", "oauth_token");

  private Credential() {}

  /// All that a request has, as one header; null where there is none. Two that differ stand for
  /// nobody (**assumed**), and so do two headers: HTTP makes one of them, with commas
  /// (**documented**), and that is no token.
  ///
  /// @param headers every `Authorization`, as sent
  static @Nullable String of(List<String> headers, Map<String, List<String>> query) {
    var all = new ArrayList<>(headers);
    for (var name : PARAMETERS) {
      for (var token : query.getOrDefault(name, List.of())) {
        if (all.stream().noneMatch(header -> isBearer(header, token))) {
          all.add("Bearer " + token);
        }
      }
    }
    return all.isEmpty() ? null : String.join(", ", all);
  }

  private static boolean isBearer(String header, String token) {
    return header.strip().replaceFirst("^(?i:bearer)\\s+", "").equals(token);
  }
}
