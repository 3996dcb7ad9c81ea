package dev.kleos.iam.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// From nothing to a call of a service, by gcloud alone: an account, its grants, a token, the call.
@Execution(ExecutionMode.CONCURRENT)
class GcloudInvocationTest {
  private static final String ACCOUNT = Stage.email("kleos-invoker");

  private final Stage stage = new Stage();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    stage.close();
  }

  @Test
  void aUserWhoMayImpersonate_callsTheServiceAsTheAccount() {
    stage.gcloud.done("iam service-accounts create kleos-invoker");
    stage.gcloud.done(
        "iam service-accounts add-iam-policy-binding "
            + ACCOUNT
            + " --member=user:alice@example.com --role=roles/iam.serviceAccountTokenCreator");
    var url = address();
    assertThat(call(url, token(url)).statusCode()).isEqualTo(403);

    stage.gcloud.done(
        "run services add-iam-policy-binding kleos-service --region=us-central1"
            + " --role=roles/run.invoker --member=serviceAccount:"
            + ACCOUNT);

    var answer = call(url, token(url));
    assertThat(answer.statusCode()).isEqualTo(200);
    var caller = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("caller");
    assertThat(caller.get("email").getAsString()).isEqualTo(ACCOUNT);
    assertThat(caller.get("sub").getAsString()).isEqualTo(stage.shown(ACCOUNT).getUniqueId());
  }

  @Test
  void aTokenForAnotherAudience_isRefused() {
    stage.account("kleos-invoker");

    assertThat(
            call(address(), token("https://kleos-service.example.com", stage.gcloud)).statusCode())
        .isEqualTo(401);
  }

  /// As `gcloud run services list` shows it.
  private String address() {
    var services = stage.gcloud.done("run services list").json().getAsJsonArray();
    var status = ((JsonObject) services.get(0)).getAsJsonObject("status");
    return status.get("url").getAsString();
  }

  private String token(String audience) {
    return token(audience, stage.gcloud.as("alice@example.com"));
  }

  private static String token(String audience, Gcloud gcloud) {
    var command =
        "auth print-identity-token --include-email --audiences="
            + audience
            + " --impersonate-service-account="
            + ACCOUNT;
    return gcloud.done(command).json().getAsJsonObject().get("id_token").getAsString();
  }

  private HttpResponse<String> call(String url, String token) {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
