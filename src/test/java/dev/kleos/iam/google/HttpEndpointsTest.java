package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls of services by real servers: what goes over the wire, and what is said where no answer
/// comes back.
class HttpEndpointsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Token TOKEN = new Token("canary-token");

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  HttpEndpointsTest() throws IOException {
    server = start();
  }

  @AfterEach
  void close() {
    over.countDown();
    servers.forEach(one -> one.stop(0));
  }

  /// Whoever answers could otherwise send the token anywhere; no client of a service expects that
  /// it is followed.
  @ParameterizedTest
  @CsvSource({
    "301, GET",
    "302, GET",
    "303, GET",
    "307, GET",
    "308, GET",
    "301, POST",
    "302, POST",
    "303, POST",
    "307, POST",
    "308, POST"
  })
  void aRedirection_isTheAnswer_andNothingGoesToWhereItLeads(int status, String method)
      throws IOException {
    var other = start();
    other.createContext("/", this::record);
    var elsewhere = url(other).resolve("/elsewhere").toString();
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", elsewhere);
          record(exchange, status);
        });
    var body = method.equals("POST") ? Bytes.of("{}".getBytes(UTF_8)) : null;

    var answer =
        new HttpEndpoints(null, _ -> true)
            .call(new Endpoints.Request(method, url(server).resolve("/moved"), TOKEN, body, LONG));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("location")).hasValue(elsewhere);
    assertThat(arrived)
        .containsExactly(url(server).getAuthority() + " " + method + " /moved Bearer canary-token");
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
          await();
        });

    assertThat(failed(get(Duration.ofMillis(200))).message())
        .isEqualTo(who() + " did not answer in time.");
  }

  @Test
  void anAddressThatIsNotAllowed_isNotCalled() {
    server.createContext("/", this::record);

    var failure =
        catchThrowableOfType(
            CloudException.class, () -> new HttpEndpoints(null, _ -> false).call(get(LONG)));

    assertThat(failure.failure().code()).isEqualTo("FAILED_PRECONDITION");
    assertThat(arrived).isEmpty();
  }

  /// Whether it says how long it is, or not.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatIsTooLong_isNoAnswer_andOneThatJustFitsIs(boolean isTold) {
    var body = new byte[1000];
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, isTold ? body.length : 0);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });

    var answer = new HttpEndpoints(null, _ -> true, 1000).call(get(LONG));
    var failure = failed(new HttpEndpoints(null, _ -> true, 999), get(LONG));

    assertThat(answer.body().copy()).isEqualTo(body);
    assertThat(failure.message())
        .isEqualTo(who() + " answered with more than is read of any answer.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | Check the network and the proxy, then run the same command again.",
        "POST | Check the network and the proxy. The request may have been carried out all the"
            + " same: find out before you send it again."
      })
  void aConnectionThatBreaksInTheMiddleOfTheBody_isNoAnswer(String method, String advice) {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          exchange.close();
        });

    var failure = failed(new Endpoints.Request(method, url(server), TOKEN, null, LONG));

    assertThat(failure.code()).isEqualTo("UNAVAILABLE");
    assertThat(failure.message()).startsWith(who() + " broke off: ").doesNotContain("null");
    assertThat(failure.advice()).isEqualTo(advice);
  }

  @Test
  void whoeverIsInterruptedWhileWaiting_waitsNoLonger_andStaysInterrupted() throws Exception {
    var asked = new CountDownLatch(1);
    server.createContext(
        "/",
        _ -> {
          asked.countDown();
          await();
        });
    var failure = new AtomicReference<@Nullable CloudException>();
    var isInterrupted = new AtomicBoolean();
    var caller =
        Thread.ofPlatform()
            .start(() -> {
              failure.set(
                  catchThrowableOfType(
                      CloudException.class,
                      () -> new HttpEndpoints(null, _ -> true).call(get(Duration.ofMinutes(5)))));
              isInterrupted.set(Thread.currentThread().isInterrupted());
            });

    asked.await();
    caller.interrupt();

    assertThat(caller.join(LONG)).isTrue();
    assertThat(isInterrupted).isTrue();
    assertThat(failure.get())
        .hasMessage(
            "Interrupted while the service at " + url(server).getAuthority() + " was called.");
  }

  private HttpServer start() throws IOException {
    var one = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    one.setExecutor(Thread::startVirtualThread);
    one.start();
    servers.add(one);
    return one;
  }

  private void record(HttpExchange exchange) throws IOException {
    record(exchange, 200);
  }

  private void record(HttpExchange exchange, int status) throws IOException {
    arrived.add(
        String.join(
            " ",
            exchange.getLocalAddress().getAddress().getHostAddress()
                + ":"
                + exchange.getLocalAddress().getPort(),
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Endpoints.Request get(Duration timeout) {
    return new Endpoints.Request("GET", url(server), null, null, timeout);
  }

  private String who() {
    return "The service at " + url(server).getAuthority();
  }

  private static Failure failed(Endpoints.Request request) {
    return failed(new HttpEndpoints(null, _ -> true), request);
  }

  private static Failure failed(HttpEndpoints endpoints, Endpoints.Request request) {
    return catchThrowableOfType(CloudException.class, () -> endpoints.call(request)).failure();
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }
}
