package dev.kleos.iam.emulator;

import java.time.Clock;
import java.util.Map;

/// Google's `https://oauth2.googleapis.com/token` and `https://sts.googleapis.com/v1/token`, where
/// the credentials in files are turned into access tokens. Their forms do not collide, so one
/// endpoint does for both.
///
/// Whatever is sent here may be somebody's real secret: nothing of it is kept, logged or answered,
/// but for the name that it stands for.
public final class TokenEndpoint {
  private static final String SCOPES =
      "openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/cloud-platform";

  private final World world;
  private final Clock clock;
  private final JwtBearer jwtBearer;
  private final TokenExchange tokenExchange;

  TokenEndpoint(World world, Clock clock, AccessTokens accessTokens) {
    this.world = world;
    this.clock = clock;
    this.jwtBearer = new JwtBearer(world, clock, accessTokens);
    this.tokenExchange = new TokenExchange(clock, accessTokens);
  }

  /// Answers a request.
  ///
  /// @param form the parameters of the request, decoded
  public TokenAnswer answer(Map<String, String> form) {
    return switch (form.getOrDefault("grant_type", "")) {
      case "refresh_token" -> refresh(form);
      case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> jwtBearer.answer(form);
      case "urn:ietf:params:oauth:grant-type:token-exchange" -> tokenExchange.answer(form);
      case "" ->
          TokenAnswer.refused("invalid_request", "Required parameter is missing: grant_type");
      default -> TokenAnswer.refused("unsupported_grant_type", "Invalid grant_type");
    };
  }

  /// A refresh token here is the name of whoever it is for, an e-mail or `operator`, and so is the
  /// access token. A person gets an ID token as well, for the client that asks (**documented** for
  /// the scope `openid`, which is **assumed** to be among the granted ones).
  private boolean isGroup(String address) {
    return world.read(() -> world.persons.isGroup(address));
  }

  private TokenAnswer refresh(Map<String, String> form) {
    var name = form.getOrDefault("refresh_token", "");
    var person = Callers.isEmail(name) && !Emails.isServiceAccount(name) && !isGroup(name);
    if (!person && !name.equals(Callers.OPERATOR)) {
      return TokenAnswer.refused("invalid_grant", "Bad Request"); // recorded
    }
    var body = TokenAnswer.bearer(name);
    body.put("scope", form.getOrDefault("scope", SCOPES));
    var client = form.getOrDefault("client_id", "");
    if (person && !client.isEmpty()) {
      body.put("id_token", IdTokens.ofPerson(name, client, clock.instant()));
    }
    return TokenAnswer.granted(body);
  }
}
