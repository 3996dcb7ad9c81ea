package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.authorization;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.cloud.iam.credentials.v1.SignBlobRequest;
import com.google.protobuf.Duration;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.Status.Code;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.9Z");
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String AUDIENCE = "https://kleos-service.example.com";

  private final Google google = Google.demo(Clock.fixed(NOW, ZoneOffset.UTC));
  private String uniqueId = "";

  @BeforeEach
  void createAccount() {
    uniqueId = google.create("invoker").getUniqueId();
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void generateAccessToken_lastsAnHour_orAsLongAsAsked() {
    var request = accessToken(name("invoker"));

    assertThat(expiry(request)).isEqualTo(Instant.parse("2026-11-23T11:00:00Z"));
    request.setLifetime(Duration.newBuilder().setSeconds(300));
    assertThat(expiry(request)).isEqualTo(Instant.parse("2026-11-23T10:05:00Z"));
    request.setLifetime(Duration.newBuilder().setSeconds(3600));
    assertThat(expiry(request)).isEqualTo(Instant.parse("2026-11-23T11:00:00Z"));
  }

  @Test
  void generateAccessToken_byUniqueId_isTheAccounts() {
    var token =
        google
            .credentials
            .generateAccessToken(accessToken("projects/-/serviceAccounts/" + uniqueId).build())
            .getAccessToken();

    assertThat(google.emulator.callerOf("Bearer " + token)).isEqualTo(email("invoker"));
  }

  @Test
  void generateAccessToken_forMoreThanAnHour_isRefused() {
    var request =
        accessToken(name("invoker")).setLifetime(Duration.newBuilder().setSeconds(3601)).build();

    var failure = failure(() -> google.credentials.generateAccessToken(request));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("The access token lifetime cannot exceed 3600 seconds.");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void generateAccessToken_forNoTimeAtAll_isInvalid(long seconds) {
    var request =
        accessToken(name("invoker")).setLifetime(Duration.newBuilder().setSeconds(seconds)).build();

    assertThat(failure(() -> google.credentials.generateAccessToken(request)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void generateAccessToken_withoutAScope_isInvalid() {
    for (var scopes : List.of(List.<String>of(), List.of(""))) {
      var request =
          GenerateAccessTokenRequest.newBuilder()
              .setName(name("invoker"))
              .addAllScope(scopes)
              .build();
      assertThat(
              failure(() -> google.credentials.generateAccessToken(request)).getStatus().getCode())
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void generateIdToken_withoutAnAudience_isInvalid() {
    assertThat(failure(() -> idToken(name("invoker"), "", false)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "projects/kleos-demo/serviceAccounts/invoker@kleos-demo.iam.gserviceaccount.com",
        "projects/-",
        "projects/-/serviceAccounts/",
        "invoker@kleos-demo.iam.gserviceaccount.com",
        "",
      })
  void names_mustHaveTheDash_alsoThoseOfDelegates(String name) {
    assertThat(failure(() -> token(name)).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> idToken(name, AUDIENCE, false)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> token(name("invoker"), name)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void anAccountThatIsMissingOrDeleted_isNotFound_alsoAsADelegate() {
    google.create("deleted");
    google.delete("deleted");

    for (var id : List.of("missing", "deleted")) {
      for (var failure :
          List.of(
              failure(() -> token(name(id))),
              failure(() -> idToken(name(id), AUDIENCE, true)),
              failure(() -> token(name("invoker"), name(id))))) {
        assertThat(failure.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(failure.getStatus().getDescription())
            .isEqualTo("Not found; Gaia id not found for email " + email(id));
      }
    }
  }

  @Test
  void aDisabledAccount_getsNoToken_andPassesNoneOn() {
    google.create("disabled");
    google.disable("disabled");

    for (var failure :
        List.of(
            failure(() -> token(name("disabled"))),
            failure(() -> idToken(name("disabled"), AUDIENCE, true)),
            failure(() -> token(name("invoker"), name("disabled"))))) {
      assertThat(failure.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo("Service account " + email("disabled") + " is disabled.");
    }
  }

  @Test
  void idToken_hasGooglesClaims_andASignatureThatThePublicKeysVerify() throws Exception {
    var token = SignedJWT.parse(idToken(name("invoker"), AUDIENCE, false));
    var keys = JWKSet.parse(google.emulator.idTokenKeys());

    assertThat(token.getJWTClaimsSet().toJSONObject())
        .isEqualTo(
            Map.of(
                "iss",
                "https://accounts.google.com",
                "aud",
                AUDIENCE,
                "azp",
                uniqueId,
                "sub",
                uniqueId,
                "iat",
                NOW.getEpochSecond(),
                "exp",
                NOW.getEpochSecond() + 3600));
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(key.isPrivate()).isFalse();
    assertThat(key.size()).isEqualTo(2048);
    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
  }

  @Test
  void idToken_hasTheEmail_onlyWhenAsked() throws Exception {
    var claims = SignedJWT.parse(idToken(name("invoker"), AUDIENCE, true)).getJWTClaimsSet();

    assertThat(claims.getClaim("email")).isEqualTo(email("invoker"));
    assertThat(claims.getClaim("email_verified")).isEqualTo(true);
  }

  @Test
  void methodsThatSign_areUnimplemented_andLogged() {
    var request = SignBlobRequest.newBuilder().setName(name("invoker")).build();

    assertThat(
            failure(() ->
                    google
                        .credentials
                        .withInterceptors(authorization("Bearer alice@example.com"))
                        .signBlob(request))
                .getStatus()
                .getCode())
        .isEqualTo(Code.UNIMPLEMENTED);
    assertThat(google.emulator.calls().all().getLast())
        .isEqualTo(
            new Call(
                "google.iam.credentials.v1.IAMCredentials/SignBlob",
                name("invoker"),
                "alice@example.com"));
  }

  @Test
  void services_offerWhatIsMadeLaterToo() {
    assertThat(google.emulator.services())
        .extracting(service -> service.getServiceDescriptor().getName())
        .containsExactlyInAnyOrder(
            "google.iam.admin.v1.IAM",
            "google.cloud.run.v2.Services",
            "google.cloud.resourcemanager.v3.Projects",
            "google.iam.credentials.v1.IAMCredentials",
            "google.api.serviceusage.v1.ServiceUsage");
  }

  private static String name(String id) {
    return "projects/-/serviceAccounts/" + email(id);
  }

  private static GenerateAccessTokenRequest.Builder accessToken(String name) {
    return GenerateAccessTokenRequest.newBuilder().setName(name).addScope(SCOPE);
  }

  private String token(String name, String... delegates) {
    var request = accessToken(name).addAllDelegates(List.of(delegates)).build();
    return google.credentials.generateAccessToken(request).getAccessToken();
  }

  private String idToken(String name, String audience, boolean withEmail) {
    return google
        .credentials
        .generateIdToken(
            GenerateIdTokenRequest.newBuilder()
                .setName(name)
                .setAudience(audience)
                .setIncludeEmail(withEmail)
                .build())
        .getToken();
  }

  private Instant expiry(GenerateAccessTokenRequest.Builder request) {
    return Instant.ofEpochSecond(
        google.credentials.generateAccessToken(request.build()).getExpireTime().getSeconds());
  }
}
