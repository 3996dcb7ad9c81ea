package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who calls, and what they may do, over HTTP.
class RestIdentityTest {
  private static final String PROJECT = "projects/kleos-demo";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void anUnknownToken_isRefused_withGooglesBody_andWhatIsWanted() {
    var answer = as("ya29.secret", "POST", "/v1/projects/kleos-demo:getIamPolicy", "{}");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.raw().headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"");
    assertThat(answer.json())
        .isEqualTo(
            JsonParser.parseString(
                """
                {"error": {
                  "code": 401,
                  "message": "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
                  "status": "UNAUTHENTICATED",
                  "details": [{
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_TYPE_UNSUPPORTED",
                    "domain": "googleapis.com",
                    "metadata": {
                      "method": "google.cloud.resourcemanager.v3.Projects.GetIamPolicy",
                      "service": "cloudresourcemanager.googleapis.com"
                    }
                  }]
                }}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/projects/kleos-demo",
        "/v3/projects/kleos-demo",
        "/v1/projects/kleos-demo/locations/-/services",
        "/v2/projects/kleos-demo/locations/us-central1/services",
        "/apis/serving.knative.dev/v1/namespaces/kleos-demo/services/kleos-service",
        "/v1/projects/kleos-demo/serviceAccounts",
        "/v1/projects/kleos-demo/roles",
      })
  void everyPath_isForWhomMaySeeIt(String path) {
    assertThat(as("ya29.secret", "GET", path, "").status()).isEqualTo(401);
    assertThat(as("alice@example.com", "GET", path, "").status()).isEqualTo(403);

    grant(PROJECT, "roles/viewer");
    assertThat(as("alice@example.com", "GET", path, "").status()).isEqualTo(200);
  }

  @Test
  void controlPathsAndKeys_areForAnybody() {
    assertThat(as("ya29.secret", "GET", "/_emulator/requests", "").status()).isEqualTo(200);
    assertThat(as("ya29.secret", "GET", "/oauth2/v3/certs", "").status()).isEqualTo(200);
  }

  /// Knative's API asks region by region, where no region is said.
  @Test
  void whoeverMaySeeOneService_findsIt_inWhicheverRegion() {
    rest.emulator.world().ensureService("kleos-demo", "africa-south1", "another");
    grant(Rest.SERVICE, "roles/run.viewer");

    assertThat(
            as(
                    "alice@example.com",
                    "GET",
                    "/apis/serving.knative.dev/v1/namespaces/kleos-demo/services/kleos-service",
                    "")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/projects/kleos-demo",
        "/v3/projects/kleos-demo",
        "/v1/projects/kleos-demo/locations/us-central1/services/kleos-service",
        "/v2/projects/kleos-demo/locations/us-central1/services/kleos-service",
        "/v1/projects/kleos-demo/serviceAccounts/invoker@kleos-demo.iam.gserviceaccount.com",
      })
  void testIamPermissions_ofEachVersion_answersWithWhatOneHas(String resource) {
    rest.emulator.world().ensureAccount("kleos-demo", "invoker@kleos-demo.iam.gserviceaccount.com");
    var body = "{\"permissions\": [\"run.services.get\", \"run.services.setIamPolicy\"]}";
    var path = resource + ":testIamPermissions";
    assertThat(as("alice@example.com", "POST", path, body).array("permissions")).isEmpty();

    grant(PROJECT, "roles/viewer");
    assertThat(as("alice@example.com", "POST", path, body).array("permissions").toString())
        .isEqualTo("[\"run.services.get\"]");
  }

  @Test
  void theQuotaProject_isForWhomMayUseIt() {
    grant(PROJECT, "roles/viewer");
    var answer = onQuota("kleos-demo");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).startsWith("Caller does not have required permission to use");

    grant(PROJECT, "roles/editor");
    assertThat(onQuota("kleos-demo").status()).isEqualTo(200);
    assertThat(onQuota("nowhere").status()).isEqualTo(403);
  }

  private Rest.Answer onQuota(String project) {
    return rest.send(
        "GET",
        "/v3/projects/kleos-demo",
        "",
        "Authorization",
        "Bearer alice@example.com",
        "X-Goog-User-Project",
        project);
  }

  private Rest.Answer as(String token, String verb, String path, String body) {
    return rest.send(verb, path, body, "Authorization", "Bearer " + token);
  }

  private void grant(String resource, String role) {
    var binding = Binding.newBuilder().setRole(role).addMembers("user:alice@example.com");
    rest.emulator.world().putPolicy(resource, Policy.newBuilder().addBindings(binding).build());
  }
}
