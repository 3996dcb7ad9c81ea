package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import java.io.IOException;
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
  @ValueSource(strings = {"access_token", "oauth_token"})
  void anAccessToken_mayBeAParameter(String parameter) {
    var path = "/v3/projects/kleos-demo?" + parameter + "=";
    assertThat(rest.get(path + "ya29.secret").status()).isEqualTo(401);
    assertThat(rest.get(path + "").status()).isEqualTo(401);
    assertThat(rest.get(path + "alice@example.com").status()).isEqualTo(403);
    assertThat(rest.get(path + "operator").status()).isEqualTo(200);
    grant(PROJECT, "roles/viewer");
    assertThat(rest.get(path + "alice@example.com").status()).isEqualTo(200);

    rest.get("/v1/nowhere?" + parameter + "=ya29.secret");
    assertThat(rest.emulator.calls().answers().toString())
        .contains("caller=alice@example.com", "caller=unknown", "GET /v1/nowhere")
        .doesNotContain("secret");
  }

  @Test
  void aParameterAndAHeader_mustSayTheSame() {
    assertThat(as("operator", "GET", "/v3/projects/kleos-demo?access_token=operator", "").status())
        .isEqualTo(200);
    for (var query :
        new String[] {
          "access_token=alice@example.com", "oauth_token=", "access_token=x&access_token=operator"
        }) {
      assertThat(as("operator", "GET", "/v3/projects/kleos-demo?" + query, "").status())
          .as(query)
          .isEqualTo(401);
    }
    assertThat(
            rest.get("/v3/projects/kleos-demo?access_token=operator&oauth_token=operator").status())
        .isEqualTo(200);
    assertThat(rest.get("/v3/projects/kleos-demo?access_token=operator&oauth_token=x").status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer operator\r\nAuthorization: Bearer alice@example.com",
        "Authorization: Bearer operator\r\nauthorization: Bearer operator",
        "Authorization: Bearer ",
        "Authorization: Bearer",
        "Authorization:",
      })
  void twoHeaders_orOneWithoutAToken_areRefused(String headers) throws IOException {
    assertThat(rest.raw("GET /v3/projects/kleos-demo HTTP/1.1", headers))
        .startsWith("HTTP/1.1 401");
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
