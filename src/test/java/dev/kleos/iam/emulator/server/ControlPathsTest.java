package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPathsTest {
  private static final String POLICY = "/v1/projects/kleos-demo:setIamPolicy";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void requests_showWhatWasCalled_ofWhat_byWhom_andHowItEnded() {
    rest.send("GET", "/v1/projects/kleos-demo", "", "Authorization", "Bearer alice@example.com");
    rest.post(POLICY, "{\"policy\": {}}");
    rest.post(POLICY, "{\"policy\": {\"etag\": \"ACAB\"}}");
    rest.send("GET", "/v3/projects/nowhere", "", "Authorization", "Bearer ya29.secret");

    assertThat(requests())
        .containsExactly(
            "google.cloud.resourcemanager.v3.Projects/GetProject projects/kleos-demo PERMISSION_DENIED alice@example.com",
            "google.cloud.resourcemanager.v3.Projects/SetIamPolicy projects/kleos-demo OK operator",
            "google.cloud.resourcemanager.v3.Projects/SetIamPolicy projects/kleos-demo ABORTED operator",
            "google.cloud.resourcemanager.v3.Projects/GetProject projects/nowhere UNAUTHENTICATED unknown");
    assertThat(rest.get("/_emulator/requests").raw().body()).doesNotContain("ya29", "secret");
  }

  @Test
  void requests_showWhatNeverBecameACall_withoutItsQuery() {
    rest.get("/v1/nowhere?access_token=secret");
    rest.send("PUT", POLICY, "");
    rest.post(POLICY, "{");
    rest.post(POLICY, "x".repeat(11 << 20));

    assertThat(requests())
        .containsExactly(
            "GET /v1/nowhere  NOT_FOUND unknown",
            "PUT " + POLICY + "  UNIMPLEMENTED operator",
            "POST " + POLICY + "  INVALID_ARGUMENT operator",
            "POST " + POLICY + "  INVALID_ARGUMENT operator");
  }

  @Test
  void requests_showTheResource_alsoOfMethodsThatTheToolDoesNotCall() {
    rest.get("/v1/roles/run.invoker");
    rest.get("/v1/projects/kleos-demo/serviceAccounts/s/keys");
    rest.post("/v1/roles:queryGrantableRoles", "{\"fullResourceName\": \"//x\"}");

    assertThat(requests())
        .containsExactly(
            "google.iam.admin.v1.IAM/GetRole roles/run.invoker OK operator",
            "google.iam.admin.v1.IAM/ListServiceAccountKeys"
                + " projects/kleos-demo/serviceAccounts/s UNIMPLEMENTED operator",
            "google.iam.admin.v1.IAM/QueryGrantableRoles //x INVALID_ARGUMENT operator");
  }

  @Test
  void requests_doNotShowThemselves() {
    rest.get("/_emulator/requests");
    rest.get("/_emulator/nowhere");
    rest.get("/_emulator/reset");

    assertThat(requests()).isEmpty();
  }

  @Test
  void delete_forgetsThem() {
    rest.get("/v1/projects/kleos-demo");

    assertThat(rest.send("DELETE", "/_emulator/requests", "").status()).isEqualTo(200);

    assertThat(requests()).isEmpty();
  }

  @Test
  void reset_bringsTheFirstWorldBack_andForgetsTheRequests() {
    rest.post(
        POLICY,
        "{\"policy\": {\"bindings\": [{\"role\": \"roles/run.viewer\", \"members\": [\"user:a@example.com\"]}]}}");
    assertThat(rest.emulator.world().policy("projects/kleos-demo").getBindingsCount()).isOne();

    assertThat(rest.post("/_emulator/reset", "").status()).isEqualTo(200);

    assertThat(rest.emulator.world().policy("projects/kleos-demo").getBindingsCount()).isZero();
    assertThat(requests()).isEmpty();
  }

  @Test
  void aPathThatIsNotThere_isRefused() {
    assertThat(rest.get("/_emulator/nowhere").status()).isEqualTo(404);
    assertThat(rest.get("/_emulator/reset").status()).isEqualTo(405);
    assertThat(rest.get("/_emulator").status()).isEqualTo(404);
  }

  private List<String> requests() {
    return rest.get("/_emulator/requests").array("requests").asList().stream()
        .map(json -> json.getAsJsonObject())
        .map(json ->
            String.join(
                " ",
                json.get("method").getAsString(),
                json.get("resource").getAsString(),
                json.get("status").getAsString(),
                json.get("caller").getAsString()))
        .toList();
  }
}
