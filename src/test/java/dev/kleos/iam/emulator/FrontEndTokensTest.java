package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which ID tokens the front end of a service takes.
class FrontEndTokensTest {
  private static final RSAKey FORGED = forged();

  private final Front front = new Front();
  private final String url = front.url("private");

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void anAudienceOfTheService_isTaken() {
    var byNumber = "https://private-123456789012.us-central1.run.app";
    var byHash = front.google.emulator.world().read(() -> addresses()).get(1);
    assertThat(byHash).matches("https://private-[0-9a-f]{10}-uc\\.a\\.run\\.app");

    for (var address : new String[] {url, byNumber, byHash}) {
      assertTaken(front.token("invoker", address));
      assertTaken(front.token("invoker", address + "/"));
    }
    assertTaken(front.token("invoker", "kleos"));
    assertTaken(front.token("invoker", "https://api.example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/",
        "KLEOS",
        "https://private-123456789012.us-central1.run.app/tasks",
        "http://private-123456789012.us-central1.run.app",
        "https://open-123456789012.us-central1.run.app",
        "private",
      })
  void anotherAudience_isNot(String audience) {
    assertRefused(front.token("invoker", audience));
  }

  @Test
  void theAddressOfAnotherService_isNoAudience_norIsThePathBelow() {
    assertRefused(front.token("invoker", front.url("open")));
    assertRefused(front.token("invoker", url + "/tasks"));
  }

  @Test
  void aTokenOfAFewAudiences_isTaken_whereTheServiceIsAmongThem() {
    var now = front.now();
    assertTaken(SigningKey.sign(claims(now).audience(List.of("x", url)).build()));
  }

  @Test
  void aToken_isTakenForAnHour() {
    var token = front.token("invoker", url);

    front.wait(Duration.ofSeconds(3599));
    assertTaken(token);

    front.wait(Duration.ofSeconds(1));
    assertRefused(token);
  }

  @Test
  void aTokenOfTheFuture_isRefused_untilThen() {
    var later = front.now().plusSeconds(60);
    var issued = SigningKey.sign(claims(later).build());
    var notBefore = SigningKey.sign(claims(front.now()).notBeforeTime(Date.from(later)).build());
    assertRefused(issued);
    assertRefused(notBefore);

    front.wait(Duration.ofSeconds(61));
    assertTaken(issued);
    assertTaken(notBefore);
  }

  @Test
  void aTokenThatLacksAClaim_isRefused() {
    var now = front.now();
    assertTaken(SigningKey.sign(claims(now).build()));
    for (var claim : new String[] {"iss", "aud", "sub", "iat", "exp"}) {
      assertRefused(SigningKey.sign(claims(now).claim(claim, null).build()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts.google.com", "https://accounts.example.com", ""})
  void anotherIssuer_isRefused(String issuer) {
    assertRefused(SigningKey.sign(claims(front.now()).issuer(issuer).build()));
  }

  @Test
  void aSignatureByAnotherKey_isRefused_alsoUnderTheNameOfTheRightOne() throws JOSEException {
    var real = key();
    for (var name : new String[] {real.getKeyID(), "another", null}) {
      assertRefused(signed(JWSAlgorithm.RS256, name, new RSASSASigner(FORGED)));
    }
  }

  @Test
  void theKeyOfTheToken_isNotAsked() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(FORGED.toPublicJWK()).build();
    var token = new SignedJWT(header, claims(front.now()).build());
    token.sign(new RSASSASigner(FORGED));

    assertRefused(token.serialize());
  }

  @Test
  void anotherAlgorithm_isRefused() throws JOSEException {
    var name = key().getKeyID();
    assertRefused(new PlainJWT(claims(front.now()).build()).serialize());
    var encoded = key().toRSAPublicKey().getEncoded();
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";
    assertRefused(signed(JWSAlgorithm.HS256, name, new MACSigner(encoded)));
    assertRefused(signed(JWSAlgorithm.HS256, name, new MACSigner(pem)));
    assertRefused(signed(JWSAlgorithm.HS256, name, new MACSigner(key().toJSONString())));
  }

  @Test
  void aTokenThatWasTamperedWith_isRefused() {
    var token = front.token("stranger", url).split("\\.", -1);
    var payload = new String(Base64.getUrlDecoder().decode(token[1]), UTF_8);
    var changed = payload.replace("100000000000000000002", Front.INVOKER_ID);
    assertThat(changed).isNotEqualTo(payload);
    var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(UTF_8));

    assertRefused(token[0] + "." + encoded + "." + token[2]);
    assertRefused(token[0] + "." + token[1] + ".");
    assertRefused(token[0] + "." + token[1]);
    assertRefused(token[0] + "." + token[1] + "." + token[2] + "x");
  }

  @Test
  void anAccessToken_isRefused() {
    assertRefused(front.google.accessToken("invoker"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "alice@example.com", "ya29.real", "a.b.c", "..", "{}", "x y"})
  void whatIsNoIdToken_isRefused(String token) {
    assertRefused(token);
  }

  @Test
  void aPersonsToken_isForTheClientThatAskedForIt_andSoForNoService() {
    assertRefused(IdTokens.ofPerson("alice@example.com", "some-client", front.now()));
  }

  @Test
  void aPersonsTokenOfGcloud_isTaken_ofWhoeverMayInvoke() {
    assertTaken(IdTokens.ofPerson("alice@example.com", Visitors.GCLOUD, front.now()));
    var bob = IdTokens.ofPerson("bob@example.com", Visitors.GCLOUD, front.now());
    assertThat(front.getWith(bob, url).status()).isEqualTo(403);
  }

  @Test
  void aPersonsToken_forACustomAudience_isWhoeverItSays() {
    assertTaken(IdTokens.ofPerson("Alice@example.com", "kleos", front.now()));
    var bob = front.getWith(IdTokens.ofPerson("bob@example.com", "kleos", front.now()), url);
    assertThat(bob.status()).isEqualTo(403);
  }

  @Test
  void noToken_isLogged() {
    var token = front.token("invoker", url);
    front.getWith(token, url);
    front.getWith(token + "x", url);

    assertThat(front.emulator.calls().answers().toString())
        .contains("UNAUTHENTICATED")
        .doesNotContain(token);
    assertThat(front.logged())
        .isEqualTo("run.app/Invoke " + Front.key("private") + " unknown UNAUTHENTICATED");
  }

  private void assertTaken(String token) {
    assertThat(front.getWith(token, url).status()).isEqualTo(200);
  }

  private void assertRefused(String token) {
    assertThat(front.getWith(token, url + "/a"))
        .isEqualTo(
            new FrontEndAnswer(
                401,
                Map.of(
                    "Content-Type",
                    "text/html; charset=UTF-8",
                    "WWW-Authenticate",
                    "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\""),
                """

                <html><head>
                <meta http-equiv="content-type" content="text/html;charset=utf-8">
                <title>401 Unauthorized</title>
                </head>
                <body text=#000000 bgcolor=#ffffff>
                <h1>Error: Unauthorized</h1>
                <h2>Your client does not have permission to the requested URL <code>/a</code>.</h2>
                <h2></h2>
                </body></html>
                """));
  }

  private List<String> addresses() {
    var world = front.emulator.world();
    var service = world.services.get(Front.key("private")).orElseThrow();
    var addresses = new Addresses();
    addresses.publishedAt(URI.create(front.server.url()));
    return addresses.of(service, world.projects.find("kleos-demo").orElseThrow());
  }

  /// Those of a good token of the account that may invoke.
  private JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer("https://accounts.google.com")
        .audience(url)
        .subject(Front.INVOKER_ID)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)));
  }

  private String signed(JWSAlgorithm algorithm, String keyName, JWSSigner signer)
      throws JOSEException {
    var header = new JWSHeader.Builder(algorithm).keyID(keyName).build();
    var token = new SignedJWT(header, claims(front.now()).build());
    token.sign(signer);
    return token.serialize();
  }

  private static RSAKey forged() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static RSAKey key() {
    return SigningKey.publicKeySet().getKeys().getFirst().toRSAKey();
  }
}
