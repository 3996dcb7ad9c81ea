import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Google's own emulator of another API, running: the peer of ours.
record PubSub(Process process) implements AutoCloseable {
  static final String NAME = "Google's Pub/Sub emulator";

  /// Where gcloud has brought it.
  static Optional<Path> installed() {
    return Stream.of("/usr/lib", "/usr/share", "/opt", System.getProperty("user.home"))
        .map(parent -> Path.of(parent, "google-cloud-sdk/platform/pubsub-emulator/lib"))
        .filter(Files::isDirectory)
        .flatMap(PubSub::jars)
        .findFirst();
  }

  /// Returns when it accepts connections.
  static PubSub start(Path jar) throws IOException, InterruptedException {
    var port = freePort();
    var process =
        new ProcessBuilder(
                Jdk.tool("java"), "-jar", jar.toString(), "--host=127.0.0.1", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new PubSub(process);
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException(NAME + " ended by itself", e);
        }
        Thread.sleep(5);
      }
    }
  }

  @Override
  public void close() {
    Jdk.end(process);
  }

  private static Stream<Path> jars(Path folder) {
    return Stream.of(folder.toFile().listFiles((_, name) -> name.endsWith("-all.jar")))
        .map(File::toPath);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
