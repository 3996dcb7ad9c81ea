package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no proper call is answered in Google's form, and the server lives on.
class RestProtocolTest {
  private static final String POLICY = "/v1/projects/kleos-demo:setIamPolicy";

  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void unknownPath_isNotFound() {
    var answer = rest.get("/v1/nowhere");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json())
        .hasToString(
            "{\"error\":{\"code\":404,\"message\":\"Method not found: the emulator has no GET"
                + " /v1/nowhere.\",\"status\":\"NOT_FOUND\"}}");
    assertThat(answer.raw().headers().firstValue("content-type"))
        .hasValue("application/json; charset=UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "FLY"})
  void wrongVerb_saysWhichThereAre(String verb) {
    var answer = rest.send(verb, POLICY, "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.message()).isEqualTo("Method not allowed: use POST.");
    assertThat(answer.raw().headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void aMethodThatWeDoNotHave_isNotImplemented() {
    var answer = rest.get("/v1/projects/kleos-demo/serviceAccounts/s/keys");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.error().get("status").getAsString()).isEqualTo("UNIMPLEMENTED");
    assertThat(answer.message())
        .isEqualTo("Method google.iam.admin.v1.IAM/ListServiceAccountKeys is unimplemented");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{policy: {}}",
        "{'policy': {}}",
        "{\"policy\": {}} x",
        "{\"policy\": {},}",
        "nope",
        "[]",
        "5",
        "{\"policy\": 5}",
        "{\"policy\": {\"version\": \"x\"}}",
        "{\"policy\": {\"etag\": \"#\"}}",
        "{\"policy\": {\"bindings\": {}}}"
      })
  void aBodyThatDoesNotFit_isInvalid(String body) {
    var answer = rest.post(POLICY, body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
    assertThat(answer.error().get("status").getAsString()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.message()).startsWith("Invalid JSON payload received. ");
    assertThat(answer.raw().body())
        .contains("type.googleapis.com/google.rpc.BadRequest")
        .doesNotContain("Exception", "\tat ", "setStrictness");
  }

  @Test
  void aBodyNestedDeeply_isInvalid() {
    var answer = rest.post(POLICY, "{\"a\":".repeat(100_000));

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsNotUtf8_isInvalid() {
    var request =
        HttpRequest.newBuilder(URI.create(rest.server.url() + POLICY))
            .POST(
                BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));

    assertThat(rest.send(request.build()).message())
        .isEqualTo("Invalid JSON payload received. It is not UTF-8.");
  }

  @Test
  void aGzippedBody_isReadAsIfItWerePlain() throws IOException {
    var answer = rest.send(gzipped(gzip("{\"policy\": {\"version\": 2}}")));

    assertThat(answer.message())
        .isEqualTo("Invalid policy version (2). Valid versions are 0, 1 and 3.");
  }

  @Test
  void aGzippedBody_thatIsBroken_isInvalid() throws IOException {
    var whole = gzip("{\"policy\": {}}");

    for (var body : List.of(new byte[0], "{}".getBytes(UTF_8), Arrays.copyOf(whole, 15))) {
      var answer = rest.send(gzipped(body));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.message()).isEqualTo("The body is not whole gzip.");
    }
  }

  @Test
  void aGzippedBody_thatIsTooLargeWhenUnpacked_isRefused() throws IOException {
    var answer = rest.send(gzipped(gzip(" ".repeat(50_000_000))));

    assertThat(answer.message())
        .isEqualTo("Request payload size exceeds the limit: 10485760 bytes.");
    assertThat(rest.get("/v3/projects/kleos-demo").status()).isEqualTo(200);
  }

  @Test
  void aPost_thatSaysWhichVerbItMeans_isThatVerb() {
    rest.emulator.world().ensureAccount("kleos-demo", "invoker@kleos-demo.iam.gserviceaccount.com");
    var account =
        "/v1/projects/kleos-demo/serviceAccounts/invoker@kleos-demo.iam.gserviceaccount.com";
    var patch = "{\"serviceAccount\": {\"displayName\": \"I\"}, \"updateMask\": \"displayName\"}";

    var answer = rest.send("POST", account, patch, "X-HTTP-Method-Override", "PATCH");

    assertThat(answer.text("displayName")).isEqualTo("I");
    assertThat(rest.send("GET", account, "", "X-HTTP-Method-Override", "DELETE").status())
        .isEqualTo(200);
    assertThat(rest.get(account).text("displayName")).isEqualTo("I");
  }

  @Test
  void aNameThatAnEnumDoesNotHave_isInvalid() {
    var body =
        """
        {"updateMask": "auditConfigs", "policy": {"auditConfigs": [
          {"service": "allServices", "auditLogConfigs": [{"logType": "%s"}]}]}}
        """;

    assertThat(rest.post(POLICY, body.formatted("DATA_REED")).message())
        .isEqualTo(
            "Invalid JSON payload received. Invalid value at"
                + " 'policy.audit_configs[0].audit_log_configs[0].log_type'"
                + " (type.googleapis.com/google.iam.v1.AuditLogConfig.LogType), \"DATA_REED\"");
    assertThat(rest.get("/v1/roles?view=SOME").status()).isEqualTo(400);
    for (var good : List.of("DATA_READ", "3")) {
      assertThat(rest.post(POLICY, body.formatted(good)).raw().body()).contains("DATA_READ");
    }
  }

  @Test
  void aTextWithHalfASurrogatePair_isInvalid() {
    var answer = rest.post("/v1/projects/kleos-demo:getIamPolicy", "{\"x\": \"\\ud800\"}");

    assertThat(answer.message())
        .isEqualTo("Invalid JSON payload received. A text has half a surrogate pair.");
    assertThat(
            rest.post("/v1/projects/kleos-demo:getIamPolicy", "{\"x\": \"\\ud83d\\ude00\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aBodyOf50MB_isRefused_andTheServerLivesOn() {
    var request =
        HttpRequest.newBuilder(URI.create(rest.server.url() + POLICY))
            .POST(BodyPublishers.ofByteArray(new byte[50_000_000]));

    var answer = rest.send(request.build());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo("Request payload size exceeds the limit: 10485760 bytes.");
    assertThat(rest.get("/v3/projects/kleos-demo").status()).isEqualTo(200);
  }

  @Test
  void unknownFieldsAndParameters_areTolerated() {
    var answer =
        rest.post(
            "/v1/projects/kleos-demo:getIamPolicy?key=k&prettyPrint=false&quotaUser=q&$.xgafv=2&a.b=c",
            "{\"options\": {\"requestedPolicyVersion\": 3, \"newer\": [1]}, \"more\": {\"x\": null}}");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anEmptyBodyWithoutContentType_isAnEmptyMessage() throws IOException {
    var answer =
        rest.raw("POST /v1/projects/kleos-demo:getIamPolicy HTTP/1.1", "Content-Length: 0");

    assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("\"etag\": \"ACAB\"");
  }

  @Test
  void anAbsoluteTarget_isServed() throws IOException {
    var answer =
        rest.raw(
            "GET http://us-central1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/"
                + "kleos-demo/services/kleos-service HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("\"kind\": \"Service\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/projects/%zz HTTP/1.1",
        "GET /v1/projects/a b HTTP/1.1",
        "GET /v1/projects/kleos-demo?x=%zz HTTP/1.1",
        "CONNECT iam.googleapis.com:443 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET // HTTP/1.1",
        "GET /%00/%2e%2e HTTP/1.1",
        "nonsense"
      })
  void aRequestThatIsNoHttp_isRefusedOrHungUpOn_andTheServerLivesOn(String line)
      throws IOException {
    var answer = rest.raw(line);

    assertThat(answer).matches("(?s)(HTTP/1.1 4\\d\\d .*)?").doesNotContain("\tat ");
    assertThat(rest.get("/v3/projects/kleos-demo").status()).isEqualTo(200);
  }

  @Test
  void head_hasNoBody() {
    var answer = rest.send("HEAD", "/v1/nowhere", "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.raw().body()).isEmpty();
  }

  @Test
  void head_saysHowLongTheBodyOfAGetIs() {
    var head = rest.send("HEAD", "/v1/nowhere", "");

    assertThat(head.raw().headers().firstValue("content-length"))
        .isPresent()
        .isEqualTo(rest.get("/v1/nowhere").raw().headers().firstValue("content-length"));
  }

  @Test
  void idleConnections_stayOpen() throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      for (var i = 0; i < 300; i++) {
        var socket = rest.connect();
        sockets.add(socket);
        assertThat(statusOfGet(socket)).isEqualTo("HTTP/1.1 404 Not Found");
      }
      for (var socket : sockets) {
        assertThat(statusOfGet(socket)).isEqualTo("HTTP/1.1 404 Not Found");
      }
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  private static String statusOfGet(Socket socket) throws IOException {
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
    var answer = new StringBuilder();
    while (!answer.toString().endsWith("\n}\n")) {
      var read = socket.getInputStream().read();
      assertThat(read).as("closed after: %s", answer).isNotNegative();
      answer.append((char) read);
    }
    return answer.substring(0, answer.indexOf("\r\n"));
  }

  private HttpRequest gzipped(byte[] body) {
    return HttpRequest.newBuilder(URI.create(rest.server.url() + POLICY))
        .header("Content-Encoding", "gzip")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static byte[] gzip(String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
