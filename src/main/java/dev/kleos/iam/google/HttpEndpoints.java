package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Services by the JDK's own HTTP client, which is loaded when a service is first called.
///
/// @param network the way there; null where nothing comes in between
/// @param allowed where calls may go; a token goes with them
/// @param mostBytes how much of a body is read; what is longer is no answer
record HttpEndpoints(@Nullable Network network, Predicate<URI> allowed, long mostBytes)
    implements Endpoints {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// What the JDK hands on as if the service had answered it.
  private static final int PROXY_WANTS_LOGIN = 407;

  /// More than anybody reads at a terminal or passes on in a pipe.
  private static final long MOST_BYTES = 256L << 20;

  HttpEndpoints(@Nullable Network network, Predicate<URI> allowed) {
    this(network, allowed, MOST_BYTES);
  }

  @Override
  public Answer call(Request request) {
    if (!allowed.test(request.url())) {
      throw new CloudException.Unavailable(
          Failure.of(
              "FAILED_PRECONDITION",
              "",
              request.url() + " is no address that a token is sent to.",
              "Services of Google are called by https alone, and those of an emulator on this"
                  + " machine."));
    }
    var proxy = network == null ? null : network.proxyFor(request.url());
    var client = client();
    try {
      var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes);
      var response = within(request.timeout(), client.sendAsync(http(request), body));
      if (response.statusCode() == PROXY_WANTS_LOGIN && proxy != null) {
        throw new CloudException.Unavailable(ProxyRefusal.wantsLogin(proxy, ""));
      }
      return answer(response);
    } catch (IOException e) {
      throw new NoAnswer(request, e, proxy).told();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(request, e, proxy).told();
    } finally {
      client.shutdownNow(); // to close it would wait for an answer that was given up
    }
  }

  /// The whole answer in time; the client's own limit ends where the headers do.
  private static <T> T within(Duration timeout, CompletableFuture<T> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no whole answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  private HttpClient client() {
    var client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER);
    if (network == null) {
      return client.proxy(HttpClient.Builder.NO_PROXY).build();
    }
    Optional.ofNullable(network.selector()).ifPresent(client::proxy);
    Optional.ofNullable(network.tls()).ifPresent(client::sslContext);
    return client.build();
  }

  private HttpRequest http(Request request) {
    var body = request.body();
    var http =
        HttpRequest.newBuilder(request.url())
            .timeout(request.timeout())
            .method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.copy()));
    var token = request.token();
    if (token != null) {
      http.header("Authorization", "Bearer " + token.value());
    }
    if (network != null) {
      network
          .authorization(request.url())
          .ifPresent(login -> http.header("Proxy-Authorization", login));
    }
    if (body != null) {
      http.header("Content-Type", "application/json");
    }
    return http.build();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    var headers = new HashMap<String, String>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Answer(response.statusCode(), headers, Bytes.of(response.body()));
  }
}
