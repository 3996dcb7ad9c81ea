package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.ADMIN;
import static dev.kleos.iam.conformance.Stage.email;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kleos.iam.emulator.AccessTokens;
import dev.kleos.iam.emulator.Call;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Tokens of service accounts by gcloud, and who it is that calls with them.
@Execution(ExecutionMode.CONCURRENT)
class GcloudTokensTest {
  private static final String AUDIENCE = "https://kleos-service.example.com";

  private final Stage stage = new Stage();
  private final Gcloud gcloud = stage.admin();
  private final String account = stage.account("kleos-invoker");

  @BeforeEach
  void grant() {
    stage.given(
        Stage.nameOf(account),
        Stage.binding(
            "roles/iam.serviceAccountTokenCreator", "user:" + ADMIN, "user:alice@example.com"));
    stage.given(
        Stage.PROJECT,
        Stage.binding("roles/iam.serviceAccountViewer", "serviceAccount:" + account));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void accessToken_makesItsHolderTheAccount_untilThatIsDisabled() {
    var token = accessToken();
    assertThat(token).startsWith(AccessTokens.PREFIX);

    gcloud.as(token).done("iam service-accounts list");
    assertThat(callers("ListServiceAccounts")).containsExactly(account);

    disable();
    assertThat(gcloud.as(token).refused("iam service-accounts list"))
        .contains("Request had invalid authentication credentials.");
    assertThat(callers("ListServiceAccounts")).startsWith(account, "unknown");
  }

  @Test
  void anyCommand_withImpersonation_isMadeByTheAccount() {
    gcloud
        .as("alice@example.com")
        .done("iam service-accounts list --impersonate-service-account=" + account);

    assertThat(callers("GenerateAccessToken")).isNotEmpty().containsOnly("alice@example.com");
    assertThat(callers("ListServiceAccounts")).containsExactly(account);
  }

  @Test
  void tokens_forWhomMayNotHaveThem_areRefused() {
    assertThat(gcloud.as("bob@example.com").refused("auth print-access-token" + asAccount(account)))
        .contains("Permission 'iam.serviceAccounts.getAccessToken' denied on resource");
  }

  @Test
  void identityToken_isSigned_andSaysWhoItIsAndForWhom() throws Exception {
    var token = identityToken("--include-email");
    var key =
        JWKSet.parse(stage.emulator.idTokenKeys()).getKeyByKeyId(token.getHeader().getKeyID());

    assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("https://accounts.google.com");
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(AUDIENCE);
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(stage.shown(account).getUniqueId());
    assertThat(token.getJWTClaimsSet().getStringClaim("email")).isEqualTo(account);
  }

  @Test
  void identityToken_withoutTheFlag_hasNoEmail() throws Exception {
    assertThat(identityToken().getJWTClaimsSet().getClaims())
        .containsEntry("azp", stage.shown(account).getUniqueId())
        .doesNotContainKeys("email", "email_verified");
  }

  @Test
  void tokens_ofADisabledAccount_areRefused() {
    disable();

    assertThat(gcloud.refused("auth print-access-token" + asAccount(account)))
        .contains("Service account " + account + " is disabled.");
    assertThat(gcloud.refused("auth print-identity-token --audiences=a" + asAccount(account)))
        .contains("Service account " + account + " is disabled.");
  }

  @Test
  void tokens_ofAMissingAccount_areRefused() {
    assertThat(gcloud.refused("auth print-access-token" + asAccount(email("nobody"))))
        .contains("Not found; Gaia id not found for email " + email("nobody"));
  }

  private String accessToken() {
    return gcloud
        .done("auth print-access-token" + asAccount(account))
        .json()
        .getAsJsonObject()
        .get("token")
        .getAsString();
  }

  private SignedJWT identityToken(String... flags) throws Exception {
    var command = "auth print-identity-token --audiences=" + AUDIENCE + asAccount(account);
    var printed = gcloud.done(command, flags).json().getAsJsonObject();
    return SignedJWT.parse(printed.get("id_token").getAsString());
  }

  private void disable() {
    var name = Stage.nameOf(account);
    var disabled =
        stage.iam.disableServiceAccount(
            DisableServiceAccountRequest.newBuilder().setName(name).build());
    assertThat(disabled).isNotNull();
  }

  private List<String> callers(String method) {
    return stage.emulator.calls().all().stream()
        .filter(call -> call.is(method))
        .map(Call::caller)
        .toList();
  }

  private static String asAccount(String email) {
    return " --impersonate-service-account=" + email;
  }
}
