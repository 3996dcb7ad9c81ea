package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.IncorrectClaimException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// ID tokens as a program sees them that knows nothing of the emulator but its address: it finds
/// the keys by discovery, and verifies by another library than the one that made the tokens.
class PublishedKeysTest {
  private final Front front = new Front();
  private final String url = front.url("private");

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void aToken_isVerified_withTheClaimsOfGoogle() throws GeneralSecurityException {
    var token = verifier(url).verify(front.token("invoker", url));

    assertThat(token.getIssuer()).isEqualTo("https://accounts.google.com");
    assertThat(token.getAudience()).containsExactly(url);
    assertThat(token.getSubject()).isEqualTo(Front.INVOKER_ID);
    assertThat(token.getClaim("azp").asString()).isEqualTo(Front.INVOKER_ID);
    assertThat(token.getIssuedAtAsInstant()).isEqualTo(front.now());
    assertThat(token.getExpiresAtAsInstant()).isEqualTo(front.now().plusSeconds(3600));
    assertThat(token.getClaim("email").asString()).isEqualTo(Google.email("invoker"));
    assertThat(token.getClaim("email_verified").asBoolean()).isTrue();
    assertThat(token.getClaims())
        .containsOnlyKeys("iss", "aud", "azp", "sub", "iat", "exp", "email", "email_verified");
    assertThat(token.getAlgorithm()).isEqualTo("RS256");
    assertThat(token.getType()).isEqualTo("JWT");
  }

  @Test
  void aTokenWithoutTheEmail_hasNone() throws GeneralSecurityException {
    var token = verifier(url).verify(front.token("invoker", url, false));

    assertThat(token.getClaims()).containsOnlyKeys("iss", "aud", "azp", "sub", "iat", "exp");
  }

  @Test
  void aTokenForAnother_orOfYesterday_orChanged_isNotVerified() throws GeneralSecurityException {
    var token = front.token("invoker", url);
    var elsewhere = verifier("https://elsewhere.example.com");
    assertThatExceptionOfType(IncorrectClaimException.class)
        .isThrownBy(() -> elsewhere.verify(token));

    var parts = token.split("\\.", -1);
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("1\"", "2\"");
    var changed = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
    var here = verifier(url);
    assertThatExceptionOfType(SignatureVerificationException.class)
        .isThrownBy(() -> here.verify(parts[0] + "." + changed + "." + parts[2]));

    front.wait(Duration.ofSeconds(3601));
    assertThatExceptionOfType(TokenExpiredException.class).isThrownBy(() -> here.verify(token));
  }

  @Test
  void thePublishedKey_isNamedInTheToken_andHasNothingPrivate() {
    var key = key();

    assertThat(JWT.decode(front.token("invoker", url)).getKeyId())
        .isEqualTo(key.get("kid").getAsString());
    assertThat(key.keySet()).containsOnly("kty", "e", "use", "kid", "alg", "n");
  }

  private JWTVerifier verifier(String audience) throws GeneralSecurityException {
    var key = key();
    var spec = new RSAPublicKeySpec(number(key, "n"), number(key, "e"));
    var publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(Algorithm.RSA256(publicKey, null))
                .withIssuer("https://accounts.google.com")
                .withAudience(audience);
    return verification.build(clock());
  }

  private Clock clock() {
    InstantSource source = front::now;
    return source.withZone(ZoneOffset.UTC);
  }

  private JsonObject key() {
    var discovered = json(front.server.url() + "/.well-known/openid-configuration");
    assertThat(discovered.get("issuer").getAsString()).isEqualTo("https://accounts.google.com");
    var keys = json(discovered.get("jwks_uri").getAsString()).getAsJsonArray("keys");
    assertThat(keys).hasSize(1);
    return keys.get(0).getAsJsonObject();
  }

  private JsonObject json(String address) {
    var answer = front.send(HttpRequest.newBuilder(URI.create(address)).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static BigInteger number(JsonObject key, String member) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(member).getAsString()));
  }
}
