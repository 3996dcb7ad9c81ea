package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests for tokens, where what answers in the name of the endpoint is not as it should be.
class TokenTransportTest {
  private static final String ADMIN = "admin@kleos-demo.iam.gserviceaccount.com";

  private final GoogleOnLoopback google;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<String> stolen = new CopyOnWriteArrayList<>();
  private final HttpServer endpoint;
  private final HttpServer thief;

  TokenTransportTest(@TempDir Path home) throws IOException {
    google = GoogleOnLoopback.start(World.demo(), home);
    google.own("alice@example.com");
    endpoint = server();
    thief = server();
    thief.createContext(
        "/",
        exchange -> {
          stolen.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          answer(exchange, 200, "{\"access_token\": \"a-token\", \"expires_in\": 3600}");
        });
    google.replace("oauth2.googleapis.com", endpoint.getAddress().getPort());
    google.replace("storage.googleapis.com", thief.getAddress().getPort());
    google.replace("sts.googleapis.com", endpoint.getAddress().getPort());
  }

  @AfterEach
  void close() {
    servers.forEach(one -> one.stop(0));
    google.close();
  }

  /// A login's refresh token would be the thief's for good.
  @ParameterizedTest
  @CsvSource({
    "301, https, https://storage.googleapis.com",
    "302, https, https://storage.googleapis.com",
    "303, https, https://storage.googleapis.com",
    "307, https, https://storage.googleapis.com",
    "308, https, https://storage.googleapis.com",
    "302, http, http://127.0.0.1",
    "307, http, http://127.0.0.1",
  })
  void noSecretOfALogin_followsARedirection(int status, String scheme, String host) {
    google.logIn("alice@example.com");
    redirect(status, target(scheme));

    assertNothingFollowed(host);
  }

  @ParameterizedTest
  @CsvSource({"302, https", "307, https", "302, http", "307, http"})
  void noProofOfAKey_followsARedirection(int status, String scheme) {
    google.write(CredentialFiles.key("robot@kleos-demo.iam.gserviceaccount.com"));
    redirect(status, target(scheme));

    assertNothingFollowed(scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  void noSecretOfAWorkforce_followsARedirection(String scheme) {
    google.write(CredentialFiles.workforceLogin());
    redirect(307, target(scheme));

    assertNothingFollowed(scheme);
  }

  /// The token of whoever is behind it goes along with such a request.
  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  void noTokenOfAnImpersonation_followsARedirection(String scheme) {
    var login = GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo");
    google.write(CredentialFiles.impersonating(ADMIN, "[]", login));
    endpoint.createContext(
        "/token",
        exchange -> answer(exchange, 200, "{\"access_token\": \"a-token\", \"expires_in\": 3600}"));
    google.replace("iamcredentials.googleapis.com", endpoint.getAddress().getPort());
    redirect(307, target(scheme));

    assertNothingFollowed(scheme);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/other | another path of its own",
        "//canary.example/ | an odd address",
        "https://can ary/ | an odd address",
        "mailto:canary | an odd address",
        "https://user:canary@evil.example/canary?canary | https://evil.example",
      })
  void whereARedirectionLeads_isToldByItsHostAlone(String target, String told) {
    google.logIn("alice@example.com");
    redirect(302, target);

    assertThat(read())
        .hasMessage(
            "Google's token endpoint answers with a redirection to "
                + told
                + "; nothing was sent there.");
  }

  @Test
  void whatIsRefused_isToldByItsCode_whateverTheStatus() {
    google.logIn("alice@example.com");
    endpoint.createContext(
        "/", exchange -> answer(exchange, 401, "{\"error\":\"invalid_client\"}"));

    assertThat(read())
        .hasMessage("Google does not accept the Application Default Credentials (invalid_client).");
  }

  @Test
  void anAnswerWithoutEnd_isNotReadToItsEnd() {
    google.logIn("alice@example.com");
    endpoint.createContext("/", exchange -> answer(exchange, 200, " ".repeat((1 << 20) + 1)));

    assertThat(read())
        .hasMessage("Google's token endpoint answers with more than is read of any answer.");
  }

  @Test
  void whatIsNoHttp_isNoStatus() throws IOException {
    google.logIn("alice@example.com");
    try (var odd = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      google.replace("oauth2.googleapis.com", odd.getLocalPort());
      Thread.startVirtualThread(() -> {
        try (var client = odd.accept()) {
          client.getOutputStream().write("canary\r\n\r\n".getBytes(UTF_8));
          client.shutdownOutput();
          client.getInputStream().readAllBytes();
        } catch (IOException e) {
          // The client has gone.
        }
      });

      assertThat(read()).hasMessage("Google's token endpoint answers with what is no HTTP.");
    }
  }

  private void assertNothingFollowed(String host) {
    var failed = read();

    assertThat(stolen).isEmpty();
    assertThat(google.connected()).doesNotContain("storage.googleapis.com:443");
    assertThat(failed).isInstanceOf(CloudException.Unavailable.class);
    assertThat(failed)
        .hasMessageMatching(
            "Google's token endpoint answers with a redirection to "
                + host
                + "\\S*; nothing was sent there\\.");
  }

  private CloudException read() {
    try (var cloud = GoogleCloud.withDefaultCredentials(google.env(), false)) {
      return catchThrowableOfType(CloudException.class, () -> cloud.policies().read(House.SERVICE));
    }
  }

  private String target(String scheme) {
    return scheme.equals("https")
        ? "https://storage.googleapis.com/steal"
        : "http://127.0.0.1:" + thief.getAddress().getPort() + "/steal";
  }

  private void redirect(int status, String target) {
    endpoint.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          answer(exchange, status, "");
        });
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpServer server() throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    var one = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    one.setExecutor(Thread::startVirtualThread);
    one.start();
    servers.add(one);
    return one;
  }
}
