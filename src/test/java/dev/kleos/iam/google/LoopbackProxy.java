package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A proxy on 127.0.0.1 that takes `CONNECT`, and is the end of the way itself: behind it every
/// name of Google's is a TLS server with the certificate of [LoopbackCa], and what comes out of the
/// TLS goes to a port of this machine.
final class LoopbackProxy implements AutoCloseable {
  private final ServerSocket server;
  private final LoopbackCa ca = LoopbackCa.get();
  private final Route route;
  private final List<String> connected = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private volatile @Nullable String login;

  /// Where a name leads.
  interface Route {
    /// Whether somebody is there.
    boolean exists(String name);

    /// Whether HTTP/2 is spoken there with whoever can.
    boolean hasHttp2(String name);

    /// A port of this machine, for what the client and the name agreed on.
    int port(String name, boolean isHttp2);
  }

  LoopbackProxy(Route route) {
    this.route = route;
    try {
      server = new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::listen);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Which names were asked for so far, with their ports; refused ones too.
  List<String> connected() {
    return connected;
  }

  /// From now on lets nobody through without these.
  void demandLogin(String user, String password) {
    login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /// From now on answers whoever wants to be let through to a name with this, and closes.
  void answer(String name, String head) {
    answers.put(name, head);
  }

  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(LoopbackProxy::closeQuietly);
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        open.add(client);
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var head = head(client.getInputStream());
      var words = head.lines().findFirst().orElse("").split(" ", 3);
      if (words.length < 2 || !words[0].equals("CONNECT")) {
        refuse(client, "405 Method Not Allowed");
        return;
      }
      connected.add(words[1]);
      var demanded = login;
      if (demanded != null && !has(head, demanded)) {
        refuse(
            client,
            "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"loopback\"");
        return;
      }
      var name = words[1].replaceFirst(":443$", "");
      var answer = answers.get(name);
      if (answer != null) {
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
        return;
      }
      if (!route.exists(name)) {
        refuse(client, "502 Bad Gateway");
        return;
      }
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      var tls = tls(client, route.hasHttp2(name));
      relay(tls, route.port(name, tls.getApplicationProtocol().equals("h2")));
    } catch (IOException e) {
      // The client went away, or does not trust the certificate.
    } finally {
      open.remove(client);
    }
  }

  /// What is spoken is agreed on as Google does: HTTP/2 where the client can. Who proposes nothing
  /// means HTTP/1.1.
  private SSLSocket tls(Socket client, boolean hasHttp2) throws IOException {
    var tls = (SSLSocket) ca.sockets().createSocket(client, null, true);
    tls.setUseClientMode(false);
    var parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(
        hasHttp2 ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"});
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private void relay(Socket client, int port) throws IOException {
    try (client;
        var behind = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      open.add(behind);
      var back =
          Thread.startVirtualThread(() -> {
            try {
              pump(behind.getInputStream(), client.getOutputStream());
              client.shutdownOutput();
            } catch (IOException e) {
              closeQuietly(client);
            }
          });
      try {
        pump(client.getInputStream(), behind.getOutputStream());
        behind.shutdownOutput();
      } catch (IOException e) {
        closeQuietly(behind);
      }
      back.join();
      open.remove(behind);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean has(String head, String login) {
    return head.lines()
        .anyMatch(line ->
            line.regionMatches(true, 0, "Proxy-Authorization: ", 0, 21)
                && line.endsWith(" " + login));
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    var bin = new byte[1 << 14];
    for (var read = from.read(bin); read >= 0; read = from.read(bin)) {
      to.write(bin, 0, read);
      to.flush();
    }
  }

  /// All up to the empty line, and nothing of what follows.
  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      var b = in.read();
      if (b < 0 || head.size() > 1 << 14) {
        throw new IOException("no request");
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  private static void refuse(Socket client, String how) throws IOException {
    var answer = "HTTP/1.1 " + how + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    client.shutdownOutput();
  }

  private static void closeQuietly(AutoCloseable it) {
    try {
      it.close();
    } catch (Exception e) {
      // It is closed, one way or another.
    }
  }
}
