package dev.kleos.iam.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a token endpoint answers.
///
/// @param status the HTTP status: 200, or that of a refusal
/// @param body the members of the JSON object, texts and whole numbers: of a grant `access_token`,
///   `expires_in` and the like; of a refusal `error` and `error_description`
public record TokenAnswer(int status, Map<String, Object> body) {

  /// **Documented**: a token's type is `Bearer`; **recorded**: it lasts a second less than an hour.
  static final int LIFETIME_SECONDS = 3599;

  static TokenAnswer granted(Map<String, Object> body) {
    return new TokenAnswer(200, body);
  }

  static TokenAnswer refused(String error, String description) {
    return refused(400, error, description);
  }

  static TokenAnswer refused(int status, String error, String description) {
    var body = new LinkedHashMap<String, Object>();
    body.put("error", error);
    body.put("error_description", description);
    return new TokenAnswer(status, body);
  }

  /// The members that every access token comes with.
  static Map<String, Object> bearer(String accessToken) {
    var body = new LinkedHashMap<String, Object>();
    body.put("access_token", accessToken);
    body.put("expires_in", LIFETIME_SECONDS);
    body.put("token_type", "Bearer");
    return body;
  }
}
