package dev.kleos.iam.emulator;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// ID tokens as Google signs them (**documented** claims), but with a key of the emulator's own.
final class IdTokens {
  static final String ISSUER = "https://accounts.google.com";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private IdTokens() {}

  /// A service account's token: `azp` and `sub` are its unique id, and the e-mail is left out
  /// unless asked for.
  static String ofAccount(Account account, String audience, boolean withEmail, Instant now) {
    var claims = claims(audience, account.uniqueId(), account.uniqueId(), now);
    return SigningKey.sign((withEmail ? email(claims, account.email()) : claims).build());
  }

  /// A person's token, for the client that asks for it; always with the e-mail. The subject is
  /// **assumed** to be 21 digits, as with accounts.
  static String ofPerson(String email, String client, Instant now) {
    var subject = Ids.uniqueId(Emails.key(email), _ -> false);
    return SigningKey.sign(email(claims(client, client, subject, now), email).build());
  }

  private static JWTClaimsSet.Builder claims(
      String audience, String authorizedParty, String subject, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(audience)
        .claim("azp", authorizedParty)
        .subject(subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFETIME)));
  }

  private static JWTClaimsSet.Builder email(JWTClaimsSet.Builder claims, String email) {
    return claims.claim("email", email).claim("email_verified", true);
  }
}
