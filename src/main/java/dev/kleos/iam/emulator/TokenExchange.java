package dev.kleos.iam.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The grant `urn:ietf:params:oauth:grant-type:token-exchange` of the Security Token Service: a
/// token from elsewhere becomes one of a pool's subject (**documented**).
///
/// Any pool and provider is taken to exist, and to take the subject from `sub`, whoever signed the
/// token.
final class TokenExchange {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final List<String> REQUIRED =
      List.of("audience", "requested_token_type", "subject_token", "subject_token_type");
  private static final Pattern PROVIDER =
      Pattern.compile(
          "(//iam\\.googleapis\\.com/(?:projects/\\d+/locations/global/workloadIdentityPools|locations/global/workforcePools)/[^/\\s]+)/providers/[^/\\s]+");
  private static final int MAX_SUBJECT_BYTES = 127;

  private final Clock clock;
  private final AccessTokens accessTokens;

  TokenExchange(Clock clock, AccessTokens accessTokens) {
    this.clock = clock;
    this.accessTokens = accessTokens;
  }

  /// **Documented**: what is required; **recorded**: the texts about audience and subject.
  TokenAnswer answer(Map<String, String> form) {
    for (var name : REQUIRED) {
      if (form.getOrDefault(name, "").isBlank()) {
        return TokenAnswer.refused("invalid_request", "Missing required parameter: " + name);
      }
    }
    if (!ACCESS_TOKEN.equals(form.get("requested_token_type"))) {
      return TokenAnswer.refused(
          "invalid_request", "Invalid value for \"requested_token_type\"."); // assumed
    }
    var provider = PROVIDER.matcher(form.getOrDefault("audience", ""));
    if (!provider.matches()) {
      return TokenAnswer.refused(
          "invalid_request",
          "Invalid value for \"audience\". This value should be the full resource name of the Identity Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the list of possible formats.");
    }
    var subject = subject(form.getOrDefault("subject_token", ""));
    if (subject.isBlank()) {
      return TokenAnswer.refused(
          "invalid_grant", "The mapped attribute google.subject is empty."); // assumed
    }
    if (subject.getBytes(StandardCharsets.UTF_8).length > MAX_SUBJECT_BYTES) {
      return TokenAnswer.refused(
          "invalid_grant",
          "The size of mapped attribute google.subject exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.");
    }
    return grant("principal:" + provider.group(1) + "/subject/" + subject);
  }

  private TokenAnswer grant(String principal) {
    var expiry = clock.instant().plusSeconds(TokenAnswer.LIFETIME_SECONDS);
    var body = TokenAnswer.bearer(accessTokens.mint(principal, expiry));
    body.put("issued_token_type", ACCESS_TOKEN);
    return TokenAnswer.granted(body);
  }

  /// The name that a token stands for: the claim `sub`, or a text that is no JSON Web Token itself.
  private static String subject(String token) {
    return Jwt.claims(token).map(claims -> Json64.text(claims, "sub").orElse("")).orElse(token);
  }
}
