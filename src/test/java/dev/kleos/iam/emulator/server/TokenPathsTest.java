package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPathsTest {
  private static final String ACCOUNT =
      "projects/-/serviceAccounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/v1/token", "/oauth2/v4/token"})
  void token_turnsARefreshTokenIntoACaller(String path) {
    var answer = rest.post(path, "grant_type=refresh_token&refresh_token=alice%40example.com");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    assertThat(caller(answer.text("access_token"))).isEqualTo("alice@example.com");
  }

  @Test
  void token_whereItIsRefused_hasTheFormOfOAuth() {
    var answer = rest.post("/token", "grant_type=refresh_token&refresh_token=1%2F%2Fsecret");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json())
        .hasToString("{\"error\":\"invalid_grant\",\"error_description\":\"Bad Request\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%zz=1", "{\"grant_type\": \"refresh_token\"}", "\u0000"})
  void token_ofWhatIsNoForm_saysWhatIsMissing(String body) {
    var answer = rest.post("/token", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error_description"))
        .isEqualTo("Required parameter is missing: grant_type");
  }

  @Test
  void accessToken_names_theAccountThatItWasMintedFor() {
    create();
    var minted =
        rest.post(
            "/v1/" + ACCOUNT + ":generateAccessToken",
            "{\"delegates\": null, \"scope\": [\"https://www.googleapis.com/auth/cloud-platform\"],"
                + " \"lifetime\": \"3600s\"}");

    assertThat(minted.status()).as(minted.raw().body()).isEqualTo(200);
    assertThat(caller(minted.text("accessToken")))
        .isEqualTo("kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  /// What a credential file of `exec` leads to; enforced as every call, and logged as one.
  @Test
  void tokenOfAnAccount_isForWhomMayImpersonateIt_andForNobodyElse() {
    create();
    var path = "/_emulator/accounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com/token";

    var granted = rest.post(path, "grant_type=refresh_token&refresh_token=operator");
    var refused = rest.post(path, "grant_type=refresh_token&refresh_token=bob%40example.com");
    var nobody = rest.post(path, "grant_type=refresh_token");

    assertThat(granted.status()).isEqualTo(200);
    assertThat(caller(granted.text("access_token")))
        .isEqualTo("kleos-invoker@kleos-demo.iam.gserviceaccount.com");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("error")).isEqualTo("access_denied");
    assertThat(refused.text("error_description"))
        .isEqualTo(
            "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not"
                + " exist).");
    assertThat(nobody.status()).isEqualTo(403);
  }

  @Test
  void idToken_isSignedByAPublishedKey() throws Exception {
    create();
    var minted =
        rest.post(
            "/v1/" + ACCOUNT + ":generateIdToken",
            "{\"audience\": \"https://service.example.com\", \"includeEmail\": true}");

    var token = SignedJWT.parse(minted.text("token"));
    var keys = JWKSet.parse(rest.get("/oauth2/v3/certs").raw().body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(token.getJWTClaimsSet().getAudience())
        .containsExactly("https://service.example.com");
    assertThat(key.isPrivate()).isFalse();
  }

  private void create() {
    var created =
        rest.post("/v1/projects/kleos-demo/serviceAccounts", "{\"accountId\": \"kleos-invoker\"}");
    assertThat(created.status()).isEqualTo(200);
  }

  private String caller(String accessToken) {
    rest.send("GET", "/v1/projects/kleos-demo", "", "Authorization", "Bearer " + accessToken);
    return rest.emulator.calls().all().getLast().caller();
  }
}
