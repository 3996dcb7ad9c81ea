package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Service Usage as REST, and what calls of a disabled API look like there.
class ServiceUsageRestTest {
  private static final String SERVICES = "/v1/projects/kleos-demo/services";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void get_showsStateAndTitle() {
    var answer = rest.get(SERVICES + "/run.googleapis.com");

    assertThat(answer.raw().body())
        .isEqualTo(
            """
            {
              "name": "projects/123456789012/services/run.googleapis.com",
              "config": {
                "name": "run.googleapis.com",
                "title": "Cloud Run Admin API"
              },
              "state": "ENABLED",
              "parent": "projects/123456789012"
            }
            """);
  }

  @Test
  void disable_andEnable_areDoneAtOnce() {
    var disabled =
        rest.post(
            SERVICES + "/run.googleapis.com:disable", "{\"checkIfServiceHasUsage\": \"CHECK\"}");
    assertThat(disabled.raw().body())
        .isEqualTo(
            """
            {
              "name": "operations/noop.DONE_OPERATION",
              "done": true,
              "response": {
                "@type": "type.googleapis.com/google.api.serviceusage.v1.DisableServiceResponse",
                "service": {
                  "name": "projects/123456789012/services/run.googleapis.com",
                  "config": {
                    "name": "run.googleapis.com",
                    "title": "Cloud Run Admin API"
                  },
                  "state": "DISABLED",
                  "parent": "projects/123456789012"
                }
              }
            }
            """);
    assertThat(rest.get(SERVICES + "?filter=state:DISABLED").array("services")).hasSize(1);
    assertThat(rest.get(SERVICES + "?filter=state:ENABLED").array("services")).hasSize(4);

    var enabled = rest.post(SERVICES + "/run.googleapis.com:enable", "{}");
    assertThat(enabled.json().getAsJsonObject("response").get("@type").getAsString())
        .isEqualTo("type.googleapis.com/google.api.serviceusage.v1.EnableServiceResponse");
    var batch = rest.post(SERVICES + ":batchEnable", "{\"serviceIds\": [\"run.googleapis.com\"]}");
    assertThat(batch.json().getAsJsonObject("response").get("@type").getAsString())
        .isEqualTo("type.googleapis.com/google.api.serviceusage.v1.BatchEnableServicesResponse");
    assertThat(rest.get(SERVICES).array("services")).hasSize(5);
  }

  @Test
  void aCallOfADisabledApi_hasGooglesBody() {
    disable("iam.googleapis.com");

    var answer = rest.get("/v1/projects/kleos-demo/serviceAccounts");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.raw().body())
        .isEqualTo(
            """
            {
              "error": {
                "code": 403,
                "message": "Identity and Access Management (IAM) API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/iam.googleapis.com/overview?project=123456789012 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
                "status": "PERMISSION_DENIED",
                "details": [
                  {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "SERVICE_DISABLED",
                    "domain": "googleapis.com",
                    "metadata": {
                      "service": "iam.googleapis.com",
                      "serviceTitle": "Identity and Access Management (IAM) API",
                      "consumer": "projects/123456789012",
                      "containerInfo": "123456789012",
                      "activationUrl": "https://console.developers.google.com/apis/api/iam.googleapis.com/overview?project=123456789012"
                    }
                  },
                  {
                    "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                    "locale": "en-US",
                    "message": "Identity and Access Management (IAM) API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/iam.googleapis.com/overview?project=123456789012 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."
                  },
                  {
                    "@type": "type.googleapis.com/google.rpc.Help",
                    "links": [
                      {
                        "description": "Google developers console API activation",
                        "url": "https://console.developers.google.com/apis/api/iam.googleapis.com/overview?project=123456789012"
                      }
                    ]
                  }
                ]
              }
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/projects/kleos-demo/locations/-/services",
        "/apis/serving.knative.dev/v1/namespaces/kleos-demo/services/kleos-service",
        "/v2/projects/kleos-demo/locations/us-central1/services",
      })
  void theOlderFormsOfAnApi_areDisabledWithIt(String path) {
    assertThat(rest.get(path).status()).isEqualTo(200);

    disable("run.googleapis.com");

    assertThat(rest.get(path).status()).isEqualTo(403);
    assertThat(rest.get(path).message()).startsWith("Cloud Run Admin API has not been used");
  }

  @Test
  void theProjectOfTheHeader_counts() {
    rest.emulator.world().ensureProject("another");
    disable("cloudresourcemanager.googleapis.com");
    var path = "/v1/projects/kleos-demo";
    assertThat(rest.get(path).status()).isEqualTo(403);

    var answer = rest.send("GET", path, "", "x-goog-user-project", "another");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("projectId")).isEqualTo("kleos-demo");
  }

  private void disable(String api) {
    assertThat(rest.post(SERVICES + "/" + api + ":disable", "").status()).isEqualTo(200);
  }
}
