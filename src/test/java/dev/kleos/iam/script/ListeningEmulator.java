package dev.kleos.iam.script;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The gRPC half of an emulator, which remembers the headers of every call.
final class ListeningEmulator implements ServerInterceptor, AutoCloseable {
  private final Queue<Map<String, String>> headers = new ConcurrentLinkedQueue<>();
  private final Emulator emulator = Emulator.start(World.demo());
  private final Server server;

  ListeningEmulator() throws IOException {
    var services =
        emulator.services().stream()
            .map(service -> ServerInterceptors.intercept(service, this))
            .toList();
    this.server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addServices(services)
            .build()
            .start();
  }

  /// Where REST would be.
  String host() {
    return "127.0.0.1:" + (server.getPort() - 1);
  }

  /// The headers of the calls so far, those in ASCII.
  List<Map<String, String>> headers() {
    return List.copyOf(headers);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata received, ServerCallHandler<Q, A> next) {
    var seen = new HashMap<String, String>();
    for (var name : received.keys()) {
      if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        seen.put(
            name,
            String.valueOf(received.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))));
      }
    }
    headers.add(seen);
    return next.startCall(call, received);
  }

  @Override
  public void close() {
    server.shutdownNow();
    emulator.close();
  }
}
