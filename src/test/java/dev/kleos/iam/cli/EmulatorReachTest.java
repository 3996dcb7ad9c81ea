package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether an emulator is where the variable says, told before any call.
class EmulatorReachTest {
  private final EmulatorServer server = EmulatorServer.start(Emulator.start(World.demo()), 0);
  private final int rest = URI.create(server.url()).getPort();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void at_tellsGrpcFromAnythingElse() {
    assertThat(GrpcProbe.at(rest + 1)).isEqualTo(GrpcProbe.GRPC);
    assertThat(GrpcProbe.at(rest)).isEqualTo(GrpcProbe.ANOTHER);
  }

  @Test
  void reach_whereAnEmulatorIs_isQuiet() {
    new EmulatorHost(rest).reach();
  }

  @Test
  void reach_whereNobodyIs_saysHowToStartOne() throws IOException {
    var port = freePort();

    assertThat(GrpcProbe.at(port)).isEqualTo(GrpcProbe.NOBODY);
    assertThat(failure(port - 1))
        .isEqualTo(
            "no emulator answers at 127.0.0.1:%d (gRPC, the port after that of KLEOS_IAM_EMULATOR_HOST). Start it with: kleos-iam emulator --port %d; or unset the variable."
                .formatted(port, port - 1));
  }

  @Test
  void reach_atTheGrpcPort_namesTheOneBefore() {
    server.close();
    try (var last = lastOfItsNeighbours()) {
      var grpc = URI.create(last.url()).getPort() + 1;

      assertThat(failure(grpc))
          .endsWith(
              "%d is its gRPC port; write the one before: KLEOS_IAM_EMULATOR_HOST=127.0.0.1:%d"
                  .formatted(grpc, grpc - 1));
    }
  }

  @Test
  void reach_whereSomethingElseListens_saysSoAtOnce() {
    assertThat(failure(rest - 1))
        .isEqualTo(
            "what listens is no emulator, or hangs: 127.0.0.1:%d (gRPC, the port after that of KLEOS_IAM_EMULATOR_HOST). Mend or unset the variable, or start the emulator again."
                .formatted(rest));
  }

  /// A server after whose ports nobody listens.
  private static EmulatorServer lastOfItsNeighbours() {
    while (true) {
      var server = EmulatorServer.start(Emulator.start(World.demo()), 0);
      if (GrpcProbe.at(URI.create(server.url()).getPort() + 2) == GrpcProbe.NOBODY) {
        return server;
      }
      server.close();
    }
  }

  private static int freePort() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  private static String failure(int port) {
    var failure =
        catchThrowableOfType(CloudException.Unavailable.class, () -> new EmulatorHost(port).reach())
            .failure();
    return failure.message() + " " + failure.advice();
  }
}
