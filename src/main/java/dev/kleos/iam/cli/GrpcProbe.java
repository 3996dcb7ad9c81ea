package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/// What answers at a port of this machine. Asked before any call, because calls are tried again for
/// half a minute, which is no way to find out that an emulator is not running.
enum GrpcProbe {
  /// Something that opens the way gRPC does.
  GRPC,
  /// Something that says anything else, or nothing in time.
  ANOTHER,
  NOBODY;

  private static final int PATIENCE_MILLIS = 5000;

  /// How a client begins: the words of HTTP/2, then empty settings. Source: RFC 9113, section 3.4.
  private static final String HELLO = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

  /// A server begins with its settings: a frame of type 4. Its type is the fourth byte.
  private static final int SETTINGS = 4;

  static GrpcProbe at(int port) {
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return of(socket);
    } catch (IOException e) {
      return NOBODY;
    }
  }

  private static GrpcProbe of(Socket socket) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(HELLO.getBytes(US_ASCII));
      var head = socket.getInputStream().readNBytes(SETTINGS);
      return head.length == SETTINGS && head[SETTINGS - 1] == SETTINGS ? GRPC : ANOTHER;
    } catch (IOException e) {
      return ANOTHER;
    }
  }
}
