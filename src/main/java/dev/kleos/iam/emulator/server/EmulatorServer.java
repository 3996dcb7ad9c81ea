package dev.kleos.iam.emulator.server;

import dev.kleos.iam.emulator.Emulator;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.logging.Level;
import java.util.logging.Logger;

/// An emulator that other processes can reach: REST on a port, gRPC on the next, on 127.0.0.1
/// alone.
public final class EmulatorServer implements AutoCloseable {
  /// The last port that has a next one.
  public static final int LAST_PORT = 65_534;

  private static final int TRIES = 100;

  /// The library logs what comes in that is no gRPC, down to a client that connects and hangs up:
  /// with a stack trace, and with the first of what was sent. Held here, because loggers that
  /// nobody holds forget their level.
  private static final Logger SILENCED = Logger.getLogger("io.grpc");

  static {
    SILENCED.setLevel(Level.OFF);
  }

  /// Listens. Both ports accept connections when this returns.
  ///
  /// @param emulator is closed with the server
  /// @param port for REST, gRPC takes the next one; 0 for any free pair
  /// @throws PortException when a port is taken, or no pair is free
  public static EmulatorServer start(Emulator emulator, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("no port with a next one: " + port);
    }
    for (var tries = 1; ; tries++) {
      try {
        return bind(emulator, port);
      } catch (PortException e) {
        if (port != 0 || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private final Emulator emulator;
  private final RestServer rest;
  private final Server grpc;

  private EmulatorServer(Emulator emulator, RestServer rest, Server grpc) {
    this.emulator = emulator;
    this.rest = rest;
    this.grpc = grpc;
  }

  /// Where REST is, such as `http://127.0.0.1:8085`.
  public String url() {
    return "http://" + host();
  }

  /// Where REST is, as host and port: `127.0.0.1:8085`.
  public String host() {
    return "127.0.0.1:" + rest.port();
  }

  /// Where gRPC is, as host and port: `127.0.0.1:8086`.
  public String grpcHost() {
    return "127.0.0.1:" + grpc.getPort();
  }

  /// Stops listening, ends the calls under way, and closes the emulator.
  @Override
  public void close() {
    rest.close();
    grpc.shutdownNow();
    emulator.close();
  }

  static EmulatorServer bind(Emulator emulator, int port) {
    var rest = RestServer.start(emulator, address(port));
    var next = rest.port() + 1;
    try {
      if (rest.port() > LAST_PORT) { // where systems hand out all ports, any free one may be so
        throw new BindException("there is no such port");
      }
      var connections = new Connections();
      var grpc =
          OkHttpServerBuilder.forPort(address(next), InsecureServerCredentials.create())
              .executor(Emulator.THREADS)
              .socketFactory(connections)
              .intercept(connections)
              .addServices(emulator.services())
              .build()
              .start();
      return new EmulatorServer(emulator, rest, grpc);
    } catch (IOException e) {
      rest.close();
      throw taken(next, " (gRPC, the port after REST's)", e);
    }
  }

  static PortException taken(int port, String which, IOException cause) {
    return new PortException(
        "cannot listen on 127.0.0.1:"
            + port
            + which
            + ": "
            + cause.getMessage()
            + "; end what uses the port, or take another pair with --port (0: any free pair)",
        cause);
  }

  private static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }
}
