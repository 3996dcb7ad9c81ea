package dev.kleos.iam.emulator.server;

import dev.kleos.iam.emulator.Severed;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/// The open connections of a gRPC server, which a fault can cut: gRPC itself has no way to end one
/// without a word. It makes the server's socket, and stands before its calls.
final class Connections extends ServerSocketFactory implements ServerInterceptor {
  private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new Listening();
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return new Listening(port, 0, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return new Listening(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
      throws IOException {
    return new Listening(port, backlog, address);
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            if (Severed.isConnectionCut(trailers)) {
              cut(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
            }
            super.close(status, trailers); // to nobody, where the connection is cut
          }
        },
        headers);
  }

  private void cut(@Nullable SocketAddress client) {
    var socket = client == null ? null : open.get(client);
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Remembers whom it has accepted, until they have gone.
  private final class Listening extends ServerSocket {
    Listening() throws IOException {
      super();
    }

    Listening(int port, int backlog, @Nullable InetAddress address) throws IOException {
      super(port, backlog, address);
    }

    @Override
    public Socket accept() throws IOException {
      var socket = new Accepted();
      implAccept(socket);
      open.put(socket.getRemoteSocketAddress(), socket);
      return socket;
    }
  }

  private final class Accepted extends Socket {
    @Override
    public void close() throws IOException {
      var client = getRemoteSocketAddress();
      if (client != null) {
        open.remove(client, this);
      }
      super.close();
    }
  }
}
