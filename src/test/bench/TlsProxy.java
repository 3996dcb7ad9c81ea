import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A proxy on loopback behind which every name of Google's is an emulator behind TLS: gRPC, and for
/// the endpoint of tokens, REST.
///
/// @param certificate of the throw-away authority that has signed itself, in PEM
record TlsProxy(ServerSocket server, SSLContext tls, Path certificate, int rest)
    implements AutoCloseable {
  private static final String PASSWORD = "throw-away";
  private static final String TOKENS = "oauth2.googleapis.com";

  static TlsProxy start(Path folder, Running emulator) throws Exception {
    var store = folder.resolve("keys.p12").toString();
    var pem = folder.resolve("ca.pem");
    keytool(
        store,
        "-genkeypair -keyalg EC -dname CN=Throw-away -ext bc:c -ext san=dns:*.googleapis.com");
    keytool(store, "-exportcert -rfc -file " + pem);
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(Path.of(store))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    var proxy = new TlsProxy(server, tls, pem, URI.create(emulator.url()).getPort());
    Thread.startVirtualThread(proxy::listen);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        client.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var isToken = head(client.getInputStream()).startsWith("CONNECT " + TOKENS + ":");
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      var secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
      secured.setUseClientMode(false);
      var parameters = secured.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {isToken ? "http/1.1" : "h2"});
      secured.setSSLParameters(parameters);
      try (secured;
          var behind = new Socket(InetAddress.getLoopbackAddress(), isToken ? rest : rest + 1)) {
        behind.setTcpNoDelay(true);
        var back = Thread.startVirtualThread(() -> pump(behind, secured));
        pump(secured, behind);
        back.join();
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them went away.
    }
  }

  /// All up to the empty line, and nothing of what follows.
  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (var b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(ISO_8859_1);
  }

  private static void keytool(String store, String arguments) throws Exception {
    var command = new java.util.ArrayList<>(List.of(Jdk.tool("keytool")));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-alias", "google", "-keystore", store, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Jdk.run(command);
  }
}
