package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// An emulator that listens, for a test to talk HTTP to.
final class Rest implements AutoCloseable {
  static final String SERVICE = "projects/kleos-demo/locations/us-central1/services/kleos-service";

  final Emulator emulator = Emulator.start(World.demo());
  final EmulatorServer server = EmulatorServer.start(emulator, 0);
  private final HttpClient client = HttpClient.newHttpClient();

  /// @param status the HTTP status code
  /// @param json the body; empty where there is none
  record Answer(int status, JsonObject json, HttpResponse<String> raw) {
    JsonObject error() {
      return json.getAsJsonObject("error");
    }

    String message() {
      return error().get("message").getAsString();
    }

    String text(String field) {
      return json.get(field).getAsString();
    }

    JsonArray array(String field) {
      return json.has(field) ? json.getAsJsonArray(field) : new JsonArray();
    }
  }

  Answer get(String pathAndQuery) {
    return send("GET", pathAndQuery, "");
  }

  Answer post(String pathAndQuery, String body) {
    return send("POST", pathAndQuery, body);
  }

  Answer send(String verb, String pathAndQuery, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + pathAndQuery))
            .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      var raw = client.send(request, BodyHandlers.ofString());
      var body = raw.body().isEmpty() ? "{}" : raw.body();
      return new Answer(raw.statusCode(), JsonParser.parseString(body).getAsJsonObject(), raw);
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Sends a request line and headers as they are, and reads until the server closes.
  String raw(String... lines) throws IOException {
    var request = String.join("\r\n", lines) + "\r\nHost: x\r\nConnection: close\r\n\r\n";
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
