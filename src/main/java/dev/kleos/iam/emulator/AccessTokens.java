package dev.kleos.iam.emulator;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The access tokens of the emulator. They say themselves whom they are for and until when, so that
/// they survive its restart: `kleos-emulator.`, base64url of a JSON object, `.`, and something
/// random, so that no two are the same. They are not signed, since there is nothing to protect.
public final class AccessTokens {
  /// What every token begins with, and no real one does.
  public static final String PREFIX = "kleos-emulator.";

  private static final int RANDOM_BYTES = 12;

  private final World world;
  private final Clock clock;

  AccessTokens(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
  }

  /// A token of a service account. It is bound to the unique id: an account's successor of the same
  /// e-mail does not inherit it.
  String mint(Account account, Instant expiry) {
    var claims = new JsonObject();
    claims.addProperty("sub", account.uniqueId());
    claims.addProperty("email", account.email());
    return mint(claims, expiry);
  }

  /// A token of a principal that is no account of this world, such as `principal://…`.
  String mint(String principal, Instant expiry) {
    var claims = new JsonObject();
    claims.addProperty("sub", principal);
    return mint(claims, expiry);
  }

  /// Whom a token is for: an account's e-mail or a principal. Empty when it is none of ours, has
  /// expired, or its account is disabled or gone.
  Optional<String> caller(String token) {
    return read(token)
        .filter(bearer -> clock.instant().isBefore(bearer.expiry()))
        .flatMap(
            bearer -> bearer.email().isEmpty() ? Optional.of(bearer.subject()) : email(bearer));
  }

  /// What a token says of itself, whatever became of whom it is for; empty when it is none of ours.
  Optional<Bearer> read(String token) {
    return claims(token).flatMap(AccessTokens::bearer);
  }

  /// The account that a token is for, as it is now, deleted ones too. Used under the world's lock.
  Optional<Account> account(Bearer bearer) {
    return world.accounts.byUniqueId(bearer.subject());
  }

  /// Whom a token is for.
  ///
  /// @param subject an account's unique id, or a `principal://…`
  /// @param email of the account; empty for a principal
  record Bearer(String subject, Optional<String> email, Instant expiry) {}

  private static String mint(JsonObject claims, Instant expiry) {
    claims.addProperty("exp", expiry.getEpochSecond());
    var random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var payload = claims.toString().getBytes(StandardCharsets.UTF_8);
    return PREFIX + encoder.encodeToString(payload) + "." + encoder.encodeToString(random);
  }

  private static Optional<Map<String, JsonNode>> claims(String token) {
    var dot = token.indexOf('.', PREFIX.length());
    if (!token.startsWith(PREFIX) || dot < 0) {
      return Optional.empty();
    }
    return Json64.members(token.substring(PREFIX.length(), dot));
  }

  private static Optional<Bearer> bearer(Map<String, JsonNode> claims) {
    var email = Json64.text(claims, "email");
    return Json64.text(claims, "sub")
        .filter(subject -> email.isPresent() || subject.startsWith("principal:"))
        .flatMap(subject ->
            Json64.time(claims, "exp").map(expiry -> new Bearer(subject, email, expiry)));
  }

  private Optional<String> email(Bearer bearer) {
    return world.read(() -> account(bearer).filter(Account::usable).map(Account::email));
  }
}
