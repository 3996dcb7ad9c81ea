package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Caller.Credential;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.session.HttpProxy;
import io.grpc.Status;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands in the way, where it takes no way to see what is said of it.
class ObstaclesTest {
  private static final String ADMIN = "admin@kleos-demo.iam.gserviceaccount.com";
  private static final Call CALL =
      new Call("run.services.get", new Resource.Service("kleos-demo", "us-central1", "service"));

  @Test
  void aNameThatNobodyKnows_isSaid_withTheVariableThatHelps() {
    var cause = new UnknownHostException("run.googleapis.com: Name or service not known");

    var found = find(Credential.USER_LOGIN, List.of(), cause).orElseThrow();

    assertThat(found)
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage("run.googleapis.com cannot be looked up.");
    assertThat(found.failure().advice())
        .isEqualTo(
            "Check the network. Where Google is reached through a proxy, name it:"
                + " https_proxy=http://HOST:PORT. Run the same command again; it goes on where this"
                + " one stopped.");
  }

  /// A proxy that says nothing looks as Google does that says nothing.
  @Test
  void silence_whereThereIsAProxy_namesIt_andTheVariable() {
    var proxy = new HttpProxy("proxy", 80, Optional.empty(), "HTTPS_PROXY");
    var caller = new Caller(Credential.USER_LOGIN, null, List.of(), "");
    var late =
        ApiExceptionFactory.createException(
            Status.DEADLINE_EXCEEDED.asRuntimeException(),
            GrpcStatusCode.of(Status.Code.DEADLINE_EXCEEDED),
            true);

    var found = new Obstacles(proxy, caller).find(late, CALL).orElseThrow();

    assertThat(found)
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage("No answer of Google's came in time through the proxy proxy:80 (HTTPS_PROXY).");
    assertThat(found.failure().code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(new Obstacles(null, caller).find(late, CALL)).isEmpty();
  }

  @Test
  void whatGoogleSaysOfTheCall_isNoObstacle() {
    assertThat(find(Credential.USER_LOGIN, List.of(), Status.NOT_FOUND.asException())).isEmpty();
  }

  /// The endpoint's own words may be those of somebody in between, or repeat what was sent.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER_LOGIN          | 400 | {\"error\": \"invalid_grant\", \"error_description\": \"canary\"} | The login of the Application Default Credentials has expired or was revoked.",
        "USER_LOGIN          | 400 | {\"error\": \"invalid_grant\", \"error_subtype\": \"invalid_rapt\"} | The login of the Application Default Credentials has expired or was revoked.",
        "USER_LOGIN          | 401 | {\"error\": \"invalid_client\"} | Google does not accept the Application Default Credentials (invalid_client).",
        "WORKLOAD_FEDERATION | 400 | {\"error\": \"invalid_grant\"} | Google does not accept the token that the credentials are made of.",
        "USER_LOGIN          | 403 | {\"error\": \"canary is 1 secret\"} | Google does not accept the Application Default Credentials (HTTP 403).",
        "USER_LOGIN          | 400 | canary | Google does not accept the Application Default Credentials (HTTP 400).",
        "USER_LOGIN          | 400 | [] | Google does not accept the Application Default Credentials (HTTP 400).",
      })
  void aTokenThatIsRefused_isToldByItsCodeAlone(
      Credential kind, int status, String body, String message) {
    var found = find(kind, List.of(), refusal(status, body)).orElseThrow();

    assertThat(found).isInstanceOf(CloudException.Unavailable.class).hasMessage(message);
    assertThat(found.failure().code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void aTokenThatIsNotIssuedForNow_isAskedForAgain() {
    assertThat(find(Credential.USER_LOGIN, List.of(), refusal(503, "canary")).orElseThrow())
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage("Google issued no access token for now (HTTP 503).");
  }

  @Test
  void anAccountThatMayNotBeImpersonated_isNamed_withTheRole() {
    var body = "{\"error\": {\"code\": 403, \"status\": \"PERMISSION_DENIED\"}}";

    var found = find(Credential.USER_LOGIN, List.of(ADMIN), refusal(403, body)).orElseThrow();

    assertThat(found)
        .hasMessage(
            "The Application Default Credentials impersonate "
                + ADMIN
                + ", and whoever is behind them may not.");
    assertThat(found.failure().advice())
        .isEqualTo(
            "Grant roles/iam.serviceAccountTokenCreator on that account, or stop to impersonate:"
                + " gcloud auth application-default login");
  }

  /// That it is off has nothing to do with roles. What is not Google's form of it counts as before.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'service': 'iamcredentials.googleapis.com', 'consumer': 'projects/123456789012'} | 123456789012 | 123456789012",
        "{'service': 'iamcredentials.googleapis.com', 'consumer': 'projects/elsewhere'} | elsewhere | elsewhere",
        "{'consumer': 'projects/elsewhere'} | elsewhere | elsewhere",
        "{'service': 'a b canary', 'consumer': 'projects/a b canary'} | the project that calls are counted for | PROJECT",
        "{'consumer': 'projects/764086051850'} | the project that calls are counted for | PROJECT",
        "[] | the project that calls are counted for | PROJECT"
      })
  void anImpersonationForWantOfAnApi_saysWhich_andWhereItIsEnabled(
      String metadata, String where, String project) {
    var found =
        find(Credential.USER_LOGIN, List.of(ADMIN), refusal(403, disabled(metadata))).orElseThrow();

    assertThat(found)
        .isInstanceOfSatisfying(
            CloudException.Denied.class,
            denied -> {
              assertThat(denied.reason()).isEqualTo(Reason.API_DISABLED);
              assertThat(denied.api()).isEqualTo("iamcredentials.googleapis.com");
              assertThat(denied.consumer()).isEqualTo(project.equals("PROJECT") ? "" : project);
            })
        .hasMessage(
            "The Application Default Credentials impersonate "
                + ADMIN
                + ", and iamcredentials.googleapis.com, which makes its tokens, is not enabled in "
                + where
                + ".");
    assertThat(found.failure().advice())
        .isEqualTo(
            "Enable the API: gcloud services enable iamcredentials.googleapis.com --project "
                + project);
  }

  /// The library hands on what the API answered.
  @Test
  void anImpersonationForWantOfAnApi_isSeenThroughTheLibrary() {
    var metadata = "{'service': 'iamcredentials.googleapis.com', 'consumer': 'projects/elsewhere'}";
    var answer =
        new MockLowLevelHttpResponse()
            .setStatusCode(403)
            .setContentType("application/json")
            .setContent(disabled(metadata));
    var google = new MockHttpTransport.Builder().setLowLevelHttpResponse(answer).build();
    var source = GoogleCredentials.create(new AccessToken("a-token", null));
    var credentials =
        ImpersonatedCredentials.create(
            source, ADMIN, List.of(), List.of(Connection.SCOPE), 300, () -> google);

    var cause = catchThrowableOfType(IOException.class, credentials::refreshAccessToken);

    assertThat(find(Credential.USER_LOGIN, List.of(ADMIN), cause).orElseThrow())
        .hasMessageEndingWith(" is not enabled in elsewhere.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[7, []]",
        "[{'reason': 7}]",
        "[{'reason': 'IAM_PERMISSION_DENIED', 'metadata': {'consumer': 'projects/elsewhere'}}]"
      })
  void anImpersonationThatIsRefused_forAnyOtherReason_isAMissingRole(String details) {
    var body =
        json("{'error': {'code': 403, 'status': 'PERMISSION_DENIED', 'details': " + details + "}}");

    assertThat(find(Credential.USER_LOGIN, List.of(ADMIN), refusal(403, body)).orElseThrow())
        .hasMessageEndingWith(", and whoever is behind them may not.");
  }

  private static String disabled(String metadata) {
    return json(
        "{'error': {'code': 403, 'status': 'PERMISSION_DENIED', 'message': 'canary', 'details':"
            + " [{'@type': 'type.googleapis.com/google.rpc.Help'}, {'@type':"
            + " 'type.googleapis.com/google.rpc.ErrorInfo', 'reason': 'SERVICE_DISABLED', 'domain':"
            + " 'googleapis.com', 'metadata': "
            + metadata
            + "}]}}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static Optional<CloudException> find(
      Credential kind, List<String> impersonated, Exception cause) {
    var caller = new Caller(kind, null, impersonated, "");
    return new Obstacles(null, caller).find(failed(cause), CALL);
  }

  private static HttpResponseException refusal(int status, String body) {
    return new HttpResponseException.Builder(status, "Refused", new HttpHeaders())
        .setContent(body)
        .setMessage(status + " canary " + body)
        .build();
  }

  private static ApiException failed(Throwable cause) {
    var status = Status.UNAVAILABLE.withCause(cause).asRuntimeException();
    return ApiExceptionFactory.createException(
        status, GrpcStatusCode.of(Status.Code.UNAVAILABLE), false);
  }
}
