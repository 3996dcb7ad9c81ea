package dev.kleos.iam.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The grant `urn:ietf:params:oauth:grant-type:jwt-bearer`: the key file of a service account signs
/// an assertion, and gets a token of the account.
///
/// The signature is not checked: the emulator has no keys of accounts, so any key does.
final class JwtBearer {
  private static final Duration LONGEST = Duration.ofMinutes(65); // an hour, and clocks that differ

  private final World world;
  private final Clock clock;
  private final AccessTokens accessTokens;

  JwtBearer(World world, Clock clock, AccessTokens accessTokens) {
    this.world = world;
    this.clock = clock;
    this.accessTokens = accessTokens;
  }

  /// **Recorded** texts, where nothing else is said.
  TokenAnswer answer(Map<String, String> form) {
    var assertion = form.getOrDefault("assertion", "");
    if (assertion.isEmpty()) {
      // Assumed.
      return TokenAnswer.refused("invalid_request", "Required parameter is missing: assertion");
    }
    return Jwt.claims(assertion)
        .map(this::answerClaims)
        .orElseGet(() -> TokenAnswer.refused("invalid_grant", "Invalid JWT")); // assumed
  }

  private TokenAnswer answerClaims(Map<String, JsonNode> claims) {
    var now = clock.instant();
    // Any endpoint's address will do, since that of an emulator is nobody's to know.
    if (Json64.text(claims, "aud").filter(aud -> aud.endsWith("/token")).isEmpty()) {
      return TokenAnswer.refused("invalid_grant", "Invalid JWT: Failed audience check.");
    }
    if (Json64.time(claims, "exp").filter(exp -> isReasonable(exp, now)).isEmpty()) {
      return TokenAnswer.refused(
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
    }
    var issuer = Json64.text(claims, "iss").orElse("");
    var account = world.read(() -> world.accounts.live(issuer));
    if (account.isEmpty()) {
      return TokenAnswer.refused("invalid_grant", "Invalid grant: account not found");
    }
    if (account.get().disabled()) {
      return TokenAnswer.refused("invalid_grant", "Robot is disabled.");
    }
    if (Json64.text(claims, "sub").filter(sub -> !sub.equalsIgnoreCase(issuer)).isPresent()) {
      // No organization here lets an account act as its people.
      return TokenAnswer.refused(
          401,
          "unauthorized_client",
          "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
    }
    return grant(account.get(), claims, now);
  }

  /// An ID token where the assertion names an audience for one, else an access token
  /// (**documented**).
  private TokenAnswer grant(Account account, Map<String, JsonNode> claims, Instant now) {
    var audience = Json64.text(claims, "target_audience");
    if (audience.isPresent()) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("id_token", IdTokens.ofAccount(account, audience.get(), true, now));
      return TokenAnswer.granted(body);
    }
    if (Json64.text(claims, "scope").filter(scope -> !scope.isBlank()).isEmpty()) {
      return TokenAnswer.refused("invalid_scope", "Empty or missing scope not allowed.");
    }
    var expiry = now.plusSeconds(TokenAnswer.LIFETIME_SECONDS);
    return TokenAnswer.granted(TokenAnswer.bearer(accessTokens.mint(account, expiry)));
  }

  private static boolean isReasonable(Instant expiry, Instant now) {
    return expiry.isAfter(now) && !expiry.isAfter(now.plus(LONGEST));
  }
}
