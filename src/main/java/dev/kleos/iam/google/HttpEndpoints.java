package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.net.ConnectException;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Services by the JDK's own HTTP client, which is loaded when a service is first called.
///
/// @param network the way there; null where nothing comes in between
/// @param allowed where calls may go; a token goes with them
record HttpEndpoints(@Nullable Network network, Predicate<URI> allowed) implements Endpoints {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// What the JDK hands on as if the service had answered it.
  private static final int PROXY_WANTS_LOGIN = 407;

  /// More than anybody reads at a terminal or passes on in a pipe.
  private static final long MOST_BYTES = 256L << 20;

  @Override
  public Answer call(Request request) {
    if (!allowed.test(request.url())) {
      throw unavailable(
          "FAILED_PRECONDITION",
          request.url() + " is no address that a token is sent to.",
          "Services of Google are called by https alone, and those of an emulator on this machine.");
    }
    var client = client();
    try {
      var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES);
      var response = within(request.timeout(), client.sendAsync(http(request), body));
      if (response.statusCode() == PROXY_WANTS_LOGIN && network != null) {
        throw new CloudException.Unavailable(Obstacles.wantsLogin(network.proxy(), ""));
      }
      return answer(response);
    } catch (HttpTimeoutException e) {
      throw unavailable(
          "DEADLINE_EXCEEDED",
          where(request) + " did not answer in time.",
          "A service that sleeps takes a while to wake: run the same command again, or give it"
              + " longer with --timeout.");
    } catch (SSLException e) {
      throw unavailable(
          "UNAVAILABLE",
          where(request) + " is not trusted: " + Objects.toString(e.getMessage(), "TLS failed"),
          Advice.IF_UNTRUSTED);
    } catch (IOException e) {
      throw unavailable(
          "UNAVAILABLE",
          where(request)
              + (e instanceof ConnectException
                  ? " cannot be reached."
                  : " broke off: " + e.getMessage()),
          "Check the network and the proxy, then run the same command again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("CANCELLED", "Interrupted while " + where(request) + " was called.", "");
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

  private static String where(Request request) {
    return "The service at " + request.url().getAuthority();
  }

  private static CloudException unavailable(String code, String message, String advice) {
    return new CloudException.Unavailable(Failure.of(code, "", message, advice));
  }
}
