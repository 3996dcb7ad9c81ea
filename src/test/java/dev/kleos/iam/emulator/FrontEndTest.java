package dev.kleos.iam.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.GetServiceRequest;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets through to a service, and what the others see: in this process as over HTTP.
class FrontEndTest {
  private static final String INVOKER = Google.email("invoker");

  private final Front front = new Front();
  private final String url = front.url("private");

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void anAccountThatMayInvoke_isToldWhatTheServiceGot_andFromWhom() {
    var token = front.token("invoker", url);

    var answer =
        front.ask(
            "POST",
            url + "/tasks/1?dry=yes",
            ByteString.copyFromUtf8("Grüße"),
            "Authorization",
            "bearer " + token);

    assertThat(answer)
        .isEqualTo(
            new FrontEndAnswer(
                200,
                Map.of("Content-Type", "application/json; charset=UTF-8"),
                """
                {
                  "service": "projects/kleos-demo/locations/us-central1/services/private",
                  "method": "POST",
                  "path": "/tasks/1?dry=yes",
                  "caller": {
                    "email": "invoker@kleos-demo.iam.gserviceaccount.com",
                    "sub": "100000000000000000001"
                  },
                  "body": "Grüße"
                }
                """));
    assertThat(front.logged())
        .isEqualTo("run.app/Invoke " + Front.key("private") + " " + INVOKER + " OK");
  }

  @Test
  void aTokenWithoutTheEmail_willDo_andTheServiceIsNotToldOne() {
    var answer = front.getWith(front.token("invoker", url, false), url);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"caller\": {\n    \"sub\": \"" + Front.INVOKER_ID + "\"\n  }")
        .doesNotContain("email");
    assertThat(front.logged()).endsWith(INVOKER + " OK");
  }

  @Test
  void nobody_isForbidden() {
    assertThat(front.get(url + "/a&b'c?secret=1"))
        .isEqualTo(
            new FrontEndAnswer(
                403,
                Map.of("Content-Type", "text/html; charset=UTF-8"),
                """

                <html><head>
                <meta http-equiv="content-type" content="text/html;charset=utf-8">
                <title>403 Forbidden</title>
                </head>
                <body text=#000000 bgcolor=#ffffff>
                <h1>Error: Forbidden</h1>
                <h2>Your client does not have permission to get URL <code>/a&amp;b&#39;c</code> from this server.</h2>
                <h2></h2>
                </body></html>
                """));
    assertThat(front.logged())
        .isEqualTo("run.app/Invoke " + Front.key("private") + " anonymous PERMISSION_DENIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearerx", "token"})
  void whatIsNoBearerToken_isNoCredential(String header) {
    assertThat(front.get(url, "Authorization", header)).isEqualTo(front.get(url));
    assertThat(front.get(url).status()).isEqualTo(403);
  }

  @Test
  void anAccountThatMayNotInvoke_isForbiddenLikeNobody() {
    var answer = front.getWith(front.token("stranger", url), url);

    assertThat(answer).isEqualTo(front.get(url));
    assertThat(answer.status()).isEqualTo(403);
    front.getWith(front.token("stranger", url), url);
    assertThat(front.logged()).endsWith(Google.email("stranger") + " PERMISSION_DENIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inheriting", "grouped"})
  void grantsOfTheProjectAndOfGroups_count(String account) {
    assertThat(front.getWith(front.token(account, url), url).status()).isEqualTo(200);
  }

  @Test
  void aCondition_countsOnTheEmulatorsClock() {
    var token = front.token("timed", url);
    assertThat(front.getWith(token, url).status()).isEqualTo(200);

    front.wait(Duration.ofMinutes(30));

    assertThat(front.getWith(token, url).status()).isEqualTo(403);
  }

  @Test
  void anAccountThatIsDisabledOrDeletedSince_isForbidden_andSoIsTheOldTokenOfItsSuccessor() {
    var token = front.token("invoker", url);
    front.google.disable("invoker");
    assertThat(front.getWith(token, url).status()).isEqualTo(403);

    front.google.delete("invoker");
    assertThat(front.getWith(token, url).status()).isEqualTo(403);

    front.google.create("invoker");
    front.emulator.world().putPolicy(Front.key("private"), invokers("serviceAccount:" + INVOKER));
    assertThat(front.getWith(token, url).status()).isEqualTo(403);
    assertThat(front.getWith(front.token("invoker", url), url).status()).isEqualTo(200);
  }

  @Test
  void theTokenOfAnAccountThatAResetHasUndone_isNobodys() {
    front.google.create("newcomer");
    var token = front.token("newcomer", url);
    front.emulator.reset();
    front.emulator.world().putPolicy(Front.key("private"), invokers("allAuthenticatedUsers"));

    assertThat(front.getWith(token, url).status()).isEqualTo(403);
    assertThat(front.logged()).endsWith("unknown PERMISSION_DENIED");
  }

  @Test
  void anyAccount_willDo_whereAllAuthenticatedUsersMayInvoke_butNotNobody() {
    front.emulator.world().putPolicy(Front.key("private"), invokers("allAuthenticatedUsers"));

    assertThat(front.getWith(front.token("stranger", url), url).status()).isEqualTo(200);
    assertThat(front.get(url).status()).isEqualTo(403);
  }

  @Test
  void theHeaderForServices_winsOverTheOther_alsoWhenItIsWrong() {
    var token = "Bearer " + front.token("invoker", url);

    assertThat(
            front
                .get(url, "Authorization", "Bearer x", "X-Serverless-Authorization", token)
                .status())
        .isEqualTo(200);
    assertThat(
            front
                .get(url, "Authorization", token, "X-Serverless-Authorization", "Bearer x")
                .status())
        .isEqualTo(401);
    assertThat(front.get(url, "Authorization", token, "x-serverless-authorization", "").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "unchecked"})
  void aServiceForEverybody_takesAnyRequest(String service) {
    var anonymous = front.get(front.url(service));

    assertThat(anonymous.status()).isEqualTo(200);
    assertThat(anonymous.body()).contains("\"path\": \"/\",\n  \"caller\": null,");
    assertThat(front.getWith("x", front.url(service))).isEqualTo(anonymous);
  }

  @Test
  void aServiceForEverybody_stillKnowsWhoCalls_unlessNobodyIsAsked() {
    var caller = "\"email\": \"" + Google.email("stranger") + "\"";

    assertThat(front.getWith(front.token("stranger", front.url("open")), front.url("open")).body())
        .contains(caller);
    var unchecked = front.url("unchecked");
    assertThat(front.getWith(front.token("stranger", unchecked), unchecked).body())
        .contains("\"caller\": null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inside", "balanced"})
  void aServiceForInsiders_isNotToBeFound(String service) {
    assertThat(front.get(front.url(service)))
        .isEqualTo(
            new FrontEndAnswer(
                404,
                Map.of("Content-Type", "text/html; charset=UTF-8"),
                """

                <html><head>
                <meta http-equiv="content-type" content="text/html;charset=utf-8">
                <title>404 Page not found</title>
                </head>
                <body text=#000000 bgcolor=#ffffff>
                <h1>Error: Page not found</h1>
                <h2>The requested URL was not found on this server.</h2>
                <h2></h2>
                </body></html>
                """));
    assertThat(front.logged())
        .isEqualTo("run.app/Invoke " + Front.key(service) + " anonymous NOT_FOUND");
  }

  @Test
  void aProgramThatFails_saysSo_behindTheSameChecks() {
    assertThat(front.get(front.url("broken")))
        .isEqualTo(
            new FrontEndAnswer(
                503,
                Map.of("Content-Type", "application/json; charset=UTF-8"),
                """
                {
                  "service": "projects/kleos-demo/locations/us-central1/services/broken",
                  "error": "The service answers 503."
                }
                """));
    assertThat(front.logged()).endsWith("services/broken anonymous UNAVAILABLE");
    assertThat(front.get(front.url("silent"))).isEqualTo(new FrontEndAnswer(204, Map.of(), ""));

    front.emulator.world().putPolicy(Front.key("broken"), Policy.getDefaultInstance());
    assertThat(front.get(front.url("broken")).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/run/kleos-demo/us-central1/nothing, us-central1/nothing",
    "/run/kleos-demo/europe-west1/open, europe-west1/open",
    "/run/elsewhere/us-central1/open, us-central1/open",
    "/run/kleos-demo/us-central1, us-central1",
    "/run/kleos-demo/us-central1/, us-central1/",
    "/run//us-central1/open, us-central1/open",
    "/run, run",
    "/run/kleos-demo/us-central1/../us-central1/open, us-central1/open",
    "/run/kleos-demo/us-central1/%2e%2e/open, %2e%2e/open",
    "/run/kleos-demo%2Flocations%2Fus-central1%2Fservices%2Fopen/us-central1/x, us-central1/x",
    "/run/kleos-demo/us-central1%2Fservices%2Fopen/x, services%2Fopen/x",
  })
  void whatLeadsToNoService_isNotToBeFound(String path, String end) {
    assertThat(front.get(front.server.url() + path + "?secret=1"))
        .isEqualTo(front.get(front.url("inside")));
    front.get(front.server.url() + path + "?secret=1");
    assertThat(front.logged())
        .startsWith("run.app/Invoke " + front.server.url() + "/run")
        .endsWith(end + " anonymous NOT_FOUND");
  }

  @Test
  void dotsBehindTheServicesName_areForTheServiceToMakeSenseOf() {
    assertThat(front.get(front.url("open") + "/../private/%2e%2e//x").body())
        .contains("\"path\": \"/../private/%2e%2e//x\"", "services/open\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PROPFIND", "BREW"})
  void anyMethod_reachesTheService(String method) {
    assertThat(front.ask(method, front.url("open"), ByteString.EMPTY).body())
        .contains("\"method\": \"" + method + "\"");
    assertThat(front.ask(method, url, ByteString.EMPTY).status()).isEqualTo(403);
  }

  @Test
  void noHeader_makesOneMethodOfAnother_andNoBodyIsUnpacked() {
    var answer =
        front.ask(
            "POST",
            front.url("open"),
            ByteString.copyFromUtf8("not gzip"),
            "X-HTTP-Method-Override",
            "DELETE",
            "Content-Encoding",
            "gzip");

    assertThat(answer.body()).contains("\"method\": \"POST\"", "\"body\": \"not gzip\"");
  }

  @Test
  void aBodyBeyondTheLimit_isTooLarge() {
    var body = ByteString.copyFrom(new byte[FrontEnd.MAX_BODY + 1]);

    var answer = front.ask("POST", front.url("open"), body);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("<h2>Your client issued a request that was too large.</h2>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: open-123456789012.us-central1.run.app",
        "GET / HTTP/1.1\r\nHost: OPEN-123456789012.us-central1.run.app:443",
        "GET http://open-123456789012.us-central1.run.app/ HTTP/1.1\r\nHost: x"
      })
  void theHostOfGoogle_leadsToTheServiceToo(String head) throws IOException {
    assertThat(raw(head)).startsWith("HTTP/1.1 200 OK").contains("services/open\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /run/kleos-demo/us-central1/open HTTP/1.1\r\nHost: nothing.us-central1.run.app",
        "GET /v1/projects/kleos-demo HTTP/1.1\r\nHost: a.run.app",
      })
  void anotherHostOfGoogle_isNotToBeFound_whateverThePath(String head) throws IOException {
    assertThat(raw(head)).startsWith("HTTP/1.1 404").contains("<h1>Error: Page not found</h1>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<script>", "x y", "[", "a/b", "-", "x:99999", "x:999999", "a..b", "@", "%"})
  void aHostThatIsNone_doesNoHarm(String host) throws IOException {
    assertThat(raw("GET /run/kleos-demo/us-central1/open HTTP/1.1\r\nHost: " + host))
        .startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void aHead_isAnsweredWithoutTheBody() throws IOException {
    assertThat(raw("HEAD /run/kleos-demo/us-central1/private HTTP/1.1\r\nHost: x"))
        .startsWith("HTTP/1.1 403 Forbidden")
        .endsWith("\r\n\r\n");
  }

  @Test
  void withoutAServer_theAddressesOfGoogleLeadToTheFrontEnd() {
    try (var emulator = Emulator.start(Front.world())) {
      var google = new Google(emulator);
      var address =
          google
              .run
              .getService(GetServiceRequest.newBuilder().setName(Front.key("open")).build())
              .getUri();
      google.channel.shutdownNow();

      assertThat(address).startsWith("https://open-").endsWith(".run.app");
      var request = new FrontEndRequest("GET", URI.create(address), Map.of(), ByteString.EMPTY);
      assertThat(emulator.frontEnd().answer(request).status()).isEqualTo(200);
    }
  }

  @Test
  void theAddress_isTheSameOnTheSamePort() {
    var port = URI.create(front.server.url()).getPort();

    assertThat(front.url("open"))
        .isEqualTo("http://127.0.0.1:" + port + "/run/kleos-demo/us-central1/open");
    assertThat(
            front
                .google
                .run
                .getService(GetServiceRequest.newBuilder().setName(Front.key("open")).build())
                .getUrlsList())
        .hasSize(3)
        .startsWith(front.url("open"))
        .endsWith("https://open-123456789012.us-central1.run.app");
  }

  private static Policy invokers(String... members) {
    return Google.policy(Google.binding("roles/run.invoker", members));
  }

  private String raw(String head) throws IOException {
    var port = URI.create(front.server.url()).getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      var request = head + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
