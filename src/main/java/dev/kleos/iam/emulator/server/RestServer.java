package dev.kleos.iam.emulator.server;

import com.sun.net.httpserver.HttpServer;
import dev.kleos.iam.emulator.Emulator;
import java.io.IOException;
import java.net.InetSocketAddress;

/// The REST half of the server.
final class RestServer implements AutoCloseable {

  /// @throws PortException when the port is taken
  static RestServer bind(Emulator emulator, InetSocketAddress address) {
    try {
      var http = HttpServer.create(address, 0);
      http.setExecutor(Emulator.THREADS);
      http.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          });
      return new RestServer(http);
    } catch (IOException e) {
      throw EmulatorServer.taken(address.getPort(), e);
    }
  }

  private final HttpServer http;

  private RestServer(HttpServer http) {
    this.http = http;
  }

  void start() {
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
