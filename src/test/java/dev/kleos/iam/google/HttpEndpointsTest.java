package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls of services, as far as no answer comes of them.
class HttpEndpointsTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpServer server;

  HttpEndpointsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
  }

  /// The JDK's own limit ends where the headers do.
  @Test
  void anAnswerThatTricklesIn_isGivenUpInTime() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    var request = new Endpoints.Request("GET", url, null, null, Duration.ofMillis(200));

    var failure =
        catchThrowableOfType(
            CloudException.class, () -> new HttpEndpoints(null, _ -> true).call(request));

    assertThat(failure.failure().message())
        .isEqualTo("The service at " + url.getAuthority() + " did not answer in time.");
  }

  @Test
  void anAddressThatIsNotAllowed_isNotCalled() {
    server.createContext("/", _ -> over.countDown());
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    var request = new Endpoints.Request("GET", url, null, null, Duration.ofSeconds(5));

    var failure =
        catchThrowableOfType(
            CloudException.class, () -> new HttpEndpoints(null, _ -> false).call(request));

    assertThat(failure.failure().code()).isEqualTo("FAILED_PRECONDITION");
    assertThat(over.getCount()).isEqualTo(1);
  }
}
