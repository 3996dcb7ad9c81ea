package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kleos.iam.emulator.Emulator;
import io.grpc.ManagedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The REST half of the server: HTTP/1.1 by the JDK's own server, a virtual thread for each
/// request.
final class RestServer implements AutoCloseable {

  /// **Recorded**: Google's limit for a body.
  private static final int MAX_BODY = 10 << 20;

  /// How much more of a body is taken in, to be thrown away: a caller who is still sending does not
  /// see an answer.
  private static final long MAX_DRAINED = 1L << 30;

  /// How many connections may wait to be accepted; a burst beyond it waits a second.
  private static final int BACKLOG = 1024;

  static {
    // The JDK's server closes what is idle beyond 200 connections, and does not say so: clients
    // that keep more open see a reset. Read by the first server of a process.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
  }

  /// Listens.
  ///
  /// @throws PortException when the port is taken
  static RestServer start(Emulator emulator, InetSocketAddress address) {
    try {
      var http = HttpServer.create(address, BACKLOG);
      http.setExecutor(Emulator.THREADS);
      var server = new RestServer(http, emulator);
      emulator.publishedAt(URI.create("http://127.0.0.1:" + server.port()));
      http.start();
      return server;
    } catch (IOException e) {
      throw EmulatorServer.taken(address.getPort(), "", e);
    }
  }

  private final HttpServer http;
  private final ManagedChannel channel;
  private final RestApi api;
  private final FrontDoor frontDoor;

  private RestServer(HttpServer http, Emulator emulator) {
    this.http = http;
    this.channel = emulator.newChannel();
    this.api = new RestApi(emulator, new Upstream(channel));
    this.frontDoor = new FrontDoor(emulator);
    http.createContext("/", this::handle);
  }

  int port() {
    return http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    channel.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(
          exchange,
          FrontDoor.has(exchange)
              ? frontDoor.answer(exchange)
              : answer(exchange, exchange.getRequestBody()));
    }
  }

  private RestAnswer answer(HttpExchange exchange, InputStream body) throws IOException {
    try {
      var content = ByteString.copyFrom(unpacked(exchange, body).readNBytes(MAX_BODY + 1));
      if (content.size() <= MAX_BODY) {
        return api.answer(request(exchange, content));
      }
      drain(body);
      return api.refuse(
          request(exchange, ByteString.EMPTY),
          "Request payload size exceeds the limit: " + MAX_BODY + " bytes.");
    } catch (ZipException | EOFException _) {
      return api.refuse(request(exchange, ByteString.EMPTY), "The body is not whole gzip.");
    }
  }

  /// **Documented**: Google's REST clients for Java pack whatever they send.
  private static InputStream unpacked(HttpExchange exchange, InputStream body) throws IOException {
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return "gzip".equalsIgnoreCase(encoding) ? new GZIPInputStream(body) : body;
  }

  /// The JDK's server lets no address through that cannot be decoded.
  private static RestRequest request(HttpExchange exchange, ByteString body) {
    var target = exchange.getRequestURI();
    var headers = exchange.getRequestHeaders();
    var host =
        target.getRawAuthority() == null ? headers.getFirst("Host") : target.getRawAuthority();
    return RestRequest.of(
        verb(exchange),
        Objects.requireNonNullElse(host, "").replaceFirst(":\\d+$", ""),
        Objects.requireNonNullElse(target.getRawPath(), ""),
        Objects.requireNonNullElse(target.getRawQuery(), ""),
        headers.getOrDefault("Authorization", List.of()),
        headers.getFirst("X-Goog-User-Project"),
        body);
  }

  /// A HEAD is a GET without the body. **Documented**: the same clients send what Java's own HTTP
  /// client has no verb for, such as PATCH, as a POST that says which verb it means.
  private static String verb(HttpExchange exchange) {
    var sent = exchange.getRequestMethod();
    if (sent.equals("HEAD")) {
      return "GET";
    }
    var meant = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return meant != null && sent.equals("POST") ? meant.toUpperCase(Locale.ROOT) : sent;
  }

  static void drain(InputStream body) throws IOException {
    var bin = new byte[1 << 16];
    var drained = 0L;
    for (var read = 0; read >= 0 && drained < MAX_DRAINED; drained += read) {
      read = body.read(bin);
    }
  }

  private static void send(HttpExchange exchange, RestAnswer answer) throws IOException {
    if (answer.equals(RestAnswer.UNHEARD)) {
      return; // an exchange that is closed without an answer takes its connection with it
    }
    var headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    var body = answer.body().getBytes(UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      // Clients take an answer of no known length for the last of the connection.
      headers.set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
