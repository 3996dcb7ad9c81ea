package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

class EmulatorServerTest {

  @Test
  void start_onAnyPair_offersRestAndGrpcOnTheNextPort() {
    try (var rest = new Rest()) {
      var port = URI.create(rest.server.url()).getPort();
      assertThat(rest.server.host()).isEqualTo("127.0.0.1:" + port);
      assertThat(rest.server.grpcHost()).isEqualTo("127.0.0.1:" + (port + 1));

      var channel = ManagedChannelBuilder.forTarget(rest.server.grpcHost()).usePlaintext().build();
      try {
        var name = GetProjectRequest.newBuilder().setName("projects/kleos-demo").build();
        assertThat(ProjectsGrpc.newBlockingStub(channel).getProject(name).getName())
            .isEqualTo(rest.get("/v3/projects/kleos-demo").text("name"));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void start_whereAPortIsTaken_saysWhichAndLetsGoOfTheOther() throws IOException {
    try (var taken = portAfterAFreeOne()) {
      var port = taken.getLocalPort();
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> start(port))
          .withMessage(
              "cannot listen on 127.0.0.1:"
                  + port
                  + ": Address already in use; end what uses the port, or take another pair with"
                  + " --port (0: any free pair)");
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> start(port - 1))
          .withMessageStartingWith(
              "cannot listen on 127.0.0.1:"
                  + port
                  + " (gRPC, the port after REST's): Address already in use; ");
      listen(port - 1).close();
    }
  }

  @Test
  void bind_toTheVeryLastPort_isRefused_andLetsGoOfIt() throws IOException {
    try (var emulator = Emulator.start(World.demo())) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> EmulatorServer.bind(emulator, 65_535))
          .withMessageStartingWith(
              "cannot listen on 127.0.0.1:65536 (gRPC, the port after REST's): there is no such port; ");
      listen(65_535).close();
    }
  }

  @Test
  void close_freesThePorts() throws IOException {
    var rest = new Rest();
    var port = URI.create(rest.server.url()).getPort();
    rest.get("/v3/projects/kleos-demo");
    rest.close();

    try (var again = start(port)) {
      assertThat(again.url()).isEqualTo("http://127.0.0.1:" + port);
    }
  }

  @Test
  void server_isOnLoopbackAlone() throws IOException {
    try (var rest = new Rest()) {
      var port = URI.create(rest.server.url()).getPort();
      for (var each : new int[] {port, port + 1}) {
        try (var outside = new Socket()) {
          // Another address of the loopback network stands for one of another network.
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> outside.connect(new InetSocketAddress("127.0.0.2", each), 2000));
        }
      }
    }
  }

  @Test
  void whoConnectsToGrpcAndLeaves_isNotWorthALogEntry() throws IOException {
    var logger = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");
    var logged = new ConcurrentLinkedQueue<LogRecord>();
    var handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            logged.add(entry);
          }
        };
    logger.addHandler(handler);
    try (var rest = new Rest();
        var visitor = new Socket()) {
      var port = URI.create("http://" + rest.server.grpcHost()).getPort();
      visitor.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
      visitor.shutdownOutput();
      // The server's goodbye, which comes after all that it has to say of it.
      assertThat(visitor.getInputStream().readAllBytes()).isNotNull();
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(logged).isEmpty();
  }

  private static ServerSocket portAfterAFreeOne() throws IOException {
    while (true) {
      var taken = listen(0);
      try (var _ = listen(taken.getLocalPort() - 1)) {
        return taken;
      } catch (BindException e) {
        taken.close();
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static EmulatorServer start(int port) {
    var emulator = Emulator.start(World.demo());
    try {
      return EmulatorServer.start(emulator, port);
    } catch (PortException e) {
      emulator.close();
      throw e;
    }
  }
}
