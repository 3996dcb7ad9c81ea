package dev.kleos.iam.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.protobuf.ByteString;
import dev.kleos.iam.emulator.server.EmulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// A world with services of every kind, to be called in this process and by HTTP alike.
final class Front implements AutoCloseable {
  static final String INVOKER_ID = "100000000000000000001";

  private static final String WORLD =
      """
      {
        "kleosIamEmulator": 1,
        "projects": {"kleos-demo": {"number": "123456789012"}},
        "services": [
          {"name": "projects/kleos-demo/locations/us-central1/services/private",
           "customAudiences": ["kleos", "https://api.example.com"]},
          "projects/kleos-demo/locations/us-central1/services/open",
          {"name": "projects/kleos-demo/locations/us-central1/services/unchecked",
           "invokerIamDisabled": true},
          {"name": "projects/kleos-demo/locations/us-central1/services/inside",
           "ingress": "internal"},
          {"name": "projects/kleos-demo/locations/us-central1/services/balanced",
           "ingress": "internal-and-cloud-load-balancing"},
          {"name": "projects/kleos-demo/locations/us-central1/services/broken", "answers": 503},
          {"name": "projects/kleos-demo/locations/us-central1/services/silent", "answers": 204}
        ],
        "groups": {"callers@example.com": ["grouped@kleos-demo.iam.gserviceaccount.com"]},
        "serviceAccounts": {
          "100000000000000000001":
            {"project": "kleos-demo", "email": "invoker@kleos-demo.iam.gserviceaccount.com"},
          "100000000000000000002":
            {"project": "kleos-demo", "email": "stranger@kleos-demo.iam.gserviceaccount.com"},
          "100000000000000000003":
            {"project": "kleos-demo", "email": "inheriting@kleos-demo.iam.gserviceaccount.com"},
          "100000000000000000004":
            {"project": "kleos-demo", "email": "timed@kleos-demo.iam.gserviceaccount.com"},
          "100000000000000000005":
            {"project": "kleos-demo", "email": "grouped@kleos-demo.iam.gserviceaccount.com"}
        },
        "policies": {
          "projects/kleos-demo": {"bindings": [
            {"role": "roles/run.invoker",
             "members": ["serviceAccount:inheriting@kleos-demo.iam.gserviceaccount.com"]}]},
          "projects/kleos-demo/locations/us-central1/services/private": {"bindings": [
            {"role": "roles/run.invoker",
             "members": [
               "group:callers@example.com",
               "serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com",
               "user:alice@example.com"]},
            {"role": "roles/run.servicesInvoker",
             "members": ["serviceAccount:timed@kleos-demo.iam.gserviceaccount.com"],
             "condition": {"title": "t",
               "expression": "request.time < timestamp(\\"2026-11-24T09:30:00Z\\")"}}]},
          "projects/kleos-demo/locations/us-central1/services/open": {"bindings": [
            {"role": "roles/run.invoker", "members": ["allUsers"]}]},
          "projects/kleos-demo/locations/us-central1/services/inside": {"bindings": [
            {"role": "roles/run.invoker", "members": ["allUsers"]}]},
          "projects/kleos-demo/locations/us-central1/services/balanced": {"bindings": [
            {"role": "roles/run.invoker", "members": ["allUsers"]}]},
          "projects/kleos-demo/locations/us-central1/services/broken": {"bindings": [
            {"role": "roles/run.invoker", "members": ["allUsers"]}]},
          "projects/kleos-demo/locations/us-central1/services/silent": {"bindings": [
            {"role": "roles/run.invoker", "members": ["allUsers"]}]}
        }
      }
      """;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T09:00:00Z"));
  private final InstantSource source = now::get;
  final Emulator emulator = Emulator.start(world(), source.withZone(ZoneOffset.UTC));
  final EmulatorServer server = EmulatorServer.start(emulator, 0);
  final Google google = new Google(emulator);
  private final HttpClient client = HttpClient.newHttpClient();

  static World world() {
    return WorldReader.read(WORLD.getBytes(StandardCharsets.UTF_8), "world");
  }

  static String key(String service) {
    return "projects/kleos-demo/locations/us-central1/services/" + service;
  }

  /// Where a service is called.
  String url(String service) {
    return server.url() + "/run/kleos-demo/us-central1/" + service;
  }

  Instant now() {
    return now.get();
  }

  void wait(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /// An ID token of an account, with its e-mail.
  String token(String account, String audience) {
    return token(account, audience, true);
  }

  String token(String account, String audience, boolean withEmail) {
    return google
        .credentials
        .generateIdToken(
            GenerateIdTokenRequest.newBuilder()
                .setName("projects/-/serviceAccounts/" + Google.email(account))
                .setAudience(audience)
                .setIncludeEmail(withEmail)
                .build())
        .getToken();
  }

  /// What a GET of a URL is answered with.
  ///
  /// @param headers names and values, in turns
  FrontEndAnswer get(String url, String... headers) {
    return ask("GET", url, ByteString.EMPTY, headers);
  }

  FrontEndAnswer getWith(String token, String url) {
    return get(url, "Authorization", "Bearer " + token);
  }

  /// Asks in this process and over HTTP, and holds the two answers against each other.
  FrontEndAnswer ask(String method, String url, ByteString body, String... headers) {
    var asked = new LinkedHashMap<String, List<String>>();
    for (var i = 0; i < headers.length; i += 2) {
      asked.put(headers[i], List.of(headers[i + 1]));
    }
    var embedded =
        emulator.frontEnd().answer(new FrontEndRequest(method, URI.create(url), asked, body));
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, BodyPublishers.ofByteArray(body.toByteArray()));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var served = send(request.build());
    assertThat(served.statusCode()).isEqualTo(embedded.status());
    assertThat(served.body()).isEqualTo(embedded.body());
    assertThat(visible(served)).isEqualTo(embedded.headers());
    return embedded;
  }

  /// The last request to a service: what was called, by whom, and how that ended.
  String logged() {
    var last = emulator.calls().answers().getLast();
    return String.join(
        " ",
        last.call().method(),
        last.call().resource(),
        last.call().caller(),
        last.status().orElseThrow().name());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    google.channel.shutdownNow();
    server.close();
  }

  /// All headers but those of the connection.
  private static Map<String, String> visible(HttpResponse<String> response) {
    var headers = new LinkedHashMap<String, String>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          switch (name) {
            case "connection", "content-length", "date" -> {}
            case "content-type" -> headers.put("Content-Type", values.getFirst());
            case "www-authenticate" -> headers.put("WWW-Authenticate", values.getFirst());
            default -> headers.put(name, Objects.toString(values));
          }
        });
    return headers;
  }
}
