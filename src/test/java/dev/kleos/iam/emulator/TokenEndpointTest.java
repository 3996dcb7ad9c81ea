package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.email;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String POOL =
      "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private final Google google = Google.demo(Clock.fixed(NOW, ZoneOffset.UTC));
  private final Map<String, Object> claims = new HashMap<>();
  private String uniqueId = "";

  @BeforeEach
  void createAccount() {
    uniqueId = google.create("invoker").getUniqueId();
    claims.put("iss", email("invoker"));
    claims.put("scope", "https://www.googleapis.com/auth/cloud-platform");
    claims.put("aud", "https://oauth2.googleapis.com/token");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 3600);
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void refresh_ofAPerson_isTheirNameAsAccessToken_andAnIdTokenForTheClient() throws Exception {
    var answer = refresh("alice@example.com");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsEntry("access_token", "alice@example.com")
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3599)
        .containsKey("scope");
    var idToken = SignedJWT.parse((String) answer.body().get("id_token")).getJWTClaimsSet();
    assertThat(idToken.getAudience()).containsExactly("kleos.apps.googleusercontent.com");
    assertThat(idToken.getClaim("azp")).isEqualTo("kleos.apps.googleusercontent.com");
    assertThat(idToken.getClaim("email")).isEqualTo("alice@example.com");
    assertThat(idToken.getSubject()).matches("[0-9]{21}");
  }

  @Test
  void refresh_ofTheOperator_hasNoIdToken() {
    assertThat(refresh("operator").body())
        .containsEntry("access_token", "operator")
        .doesNotContainKey("id_token");
  }

  @Test
  void refresh_ofAGroup_isABadRequest_alsoByAnotherNameOfIt() {
    var world = google.emulator.world();
    world.alias("crew@example.com", "team@example.com");
    world.write(() -> {
      world.persons.groups.put("team@example.com", List.of());
      return world;
    });

    for (var name : List.of("team@example.com", "crew@example.com")) {
      assertRefused(refresh(name), 400, "invalid_grant", "Bad Request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1//0gSecret", "Operator", "a@b@c"})
  void refresh_ofAnythingElse_isABadRequest(String token) {
    assertRefused(refresh(token), 400, "invalid_grant", "Bad Request");
  }

  @Test
  void assertion_getsAnAccessTokenOfItsAccount() {
    var answer = assertion();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsOnlyKeys("access_token", "expires_in", "token_type");
    assertThat(google.emulator.callerOf("Bearer " + answer.body().get("access_token")))
        .isEqualTo(email("invoker"));
  }

  @Test
  void assertion_withATargetAudience_getsAnIdTokenAlone() throws Exception {
    claims.remove("scope");
    claims.put("target_audience", "https://kleos-service.example.com");

    var answer = assertion();

    assertThat(answer.body()).containsOnlyKeys("id_token");
    var idToken = SignedJWT.parse((String) answer.body().get("id_token")).getJWTClaimsSet();
    assertThat(idToken.getAudience()).containsExactly("https://kleos-service.example.com");
    assertThat(idToken.getSubject()).isEqualTo(uniqueId);
    assertThat(idToken.getClaim("email")).isEqualTo(email("invoker"));
  }

  @ParameterizedTest
  @CsvSource({
    "iss, missing@kleos-demo.iam.gserviceaccount.com, invalid_grant, Invalid grant: account not found",
    "iss, , invalid_grant, Invalid grant: account not found",
    "aud, https://iam.googleapis.com/, invalid_grant, Invalid JWT: Failed audience check.",
    "aud, , invalid_grant, Invalid JWT: Failed audience check.",
    "scope, , invalid_scope, Empty or missing scope not allowed.",
    "exp, , invalid_grant, Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
  })
  void assertion_withAWrongClaim_isRefused(
      String name, String value, String error, String description) {
    claims.put(name, value == null ? "" : value);

    assertRefused(assertion(), 400, error, description);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 3901, 86400})
  void assertion_thatHasExpired_orLastsTooLong_isRefused(long seconds) {
    claims.put("exp", NOW.getEpochSecond() + seconds);

    assertThat(assertion().body()).containsEntry("error", "invalid_grant");
  }

  @Test
  void assertion_ofADisabledAccount_isRefused() {
    google.disable("invoker");

    assertRefused(assertion(), 400, "invalid_grant", "Robot is disabled.");
  }

  @Test
  void assertion_ofADeletedAccount_isRefused() {
    google.delete("invoker");

    assertRefused(assertion(), 400, "invalid_grant", "Invalid grant: account not found");
  }

  @Test
  void assertion_onBehalfOfAPerson_isUnauthorized() {
    claims.put("sub", email("invoker"));
    assertThat(assertion().status()).isEqualTo(200);

    claims.put("sub", "alice@example.com");
    assertRefused(
        assertion(),
        401,
        "unauthorized_client",
        "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "a.b", "a.b.c", "a.bnVsbA.c"})
  void assertion_thatIsNoJwt_isRefused(String assertion) {
    assertRefused(bearer(assertion), 400, "invalid_grant", "Invalid JWT");
  }

  @Test
  void exchange_makesAPoolsSubjectOfTheSubjectToken() {
    assertExchanged(POOL, jwt(Map.of("sub", "repo:org/r:ref")), "repo:org/r:ref");
    assertExchanged(POOL, "runner-7", "runner-7");
    assertExchanged("//iam.googleapis.com/locations/global/workforcePools/staff", "alice", "alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.com",
        "//iam.googleapis.com/projects/kleos-demo/locations/global/workloadIdentityPools/ci/providers/p",
        "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci",
      })
  void exchange_forAnAudienceThatIsNoProvider_isRefused(String audience) {
    assertThat(exchange(audience, "runner").body())
        .containsEntry("error", "invalid_request")
        .extractingByKey("error_description")
        .asString()
        .contains("audience");
  }

  @Test
  void exchange_withoutAUsableSubject_isRefused() {
    assertThat(exchange(POOL + "/providers/p", "x".repeat(128)).body())
        .containsEntry("error", "invalid_grant");
    assertRefused(
        exchange(POOL + "/providers/p", jwt(Map.of("aud", "x"))),
        400,
        "invalid_grant",
        "The mapped attribute google.subject is empty.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"audience", "subject_token", "subject_token_type", "requested_token_type"})
  void exchange_withoutAParameter_isAnInvalidRequest(String name) {
    var form = exchangeForm(POOL + "/providers/p", "runner");
    form.remove(name);

    assertRefused(
        google.emulator.tokenEndpoint().answer(form),
        400,
        "invalid_request",
        "Missing required parameter: " + name);
  }

  @Test
  void aGrantTypeThatIsMissingOrUnknown_isRefused() {
    var endpoint = google.emulator.tokenEndpoint();

    assertRefused(
        endpoint.answer(Map.of()),
        400,
        "invalid_request",
        "Required parameter is missing: grant_type");
    assertRefused(
        endpoint.answer(Map.of("grant_type", "password")),
        400,
        "unsupported_grant_type",
        "Invalid grant_type");
    assertRefused(
        endpoint.answer(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")),
        400,
        "invalid_request",
        "Required parameter is missing: assertion");
  }

  @Test
  void noRefusal_repeatsWhatWasSent() {
    for (var answer :
        new TokenAnswer[] {
          refresh("topsecret"),
          bearer("topsecret"),
          exchange("topsecret", "x"),
          exchange(POOL + "/providers/p", "topsecret".repeat(20)),
          google.emulator.tokenEndpoint().answer(Map.of("grant_type", "topsecret")),
        }) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.toString()).doesNotContain("topsecret");
    }
    assertThat(google.emulator.calls().answers().toString()).doesNotContain("topsecret");
  }

  private void assertExchanged(String pool, String subjectToken, String subject) {
    var answer = exchange(pool + "/providers/p", subjectToken);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsEntry("issued_token_type", ACCESS_TOKEN)
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3599);
    assertThat(google.emulator.callerOf("Bearer " + answer.body().get("access_token")))
        .isEqualTo("principal:" + pool + "/subject/" + subject);
  }

  private static void assertRefused(
      TokenAnswer answer, int status, String error, String description) {
    assertThat(answer)
        .isEqualTo(
            new TokenAnswer(status, Map.of("error", error, "error_description", description)));
  }

  private TokenAnswer refresh(String token) {
    return google
        .emulator
        .tokenEndpoint()
        .answer(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "kleos.apps.googleusercontent.com",
                "client_secret", "s",
                "refresh_token", token));
  }

  private TokenAnswer assertion() {
    return bearer(jwt(claims));
  }

  private TokenAnswer bearer(String assertion) {
    return google
        .emulator
        .tokenEndpoint()
        .answer(
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "assertion",
                assertion));
  }

  private TokenAnswer exchange(String audience, String subjectToken) {
    return google.emulator.tokenEndpoint().answer(exchangeForm(audience, subjectToken));
  }

  private static Map<String, String> exchangeForm(String audience, String subjectToken) {
    var form = new HashMap<String, String>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("audience", audience);
    form.put("requested_token_type", ACCESS_TOKEN);
    form.put("subject_token", subjectToken);
    form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
    return form;
  }

  private static String jwt(Map<String, ?> claims) {
    var json = new Gson().toJson(claims);
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }
}
