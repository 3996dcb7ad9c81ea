package dev.kleos.iam.google;

import dev.kleos.iam.session.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/// The proxy of the variables, as the JDK's HTTP client asks for it.
final class Selector extends ProxySelector {
  private final Network network;

  Selector(Network network) {
    this.network = network;
  }

  /// Looked up by whoever connects, and only then.
  static Proxy proxy(HttpProxy proxy) {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
  }

  @Override
  public List<Proxy> select(URI url) {
    var found = network.proxyFor(url.getScheme(), url.getHost(), url.getPort());
    return List.of(found.map(Selector::proxy).orElse(Proxy.NO_PROXY));
  }

  /// Nothing to do: there is no other proxy to turn to.
  @Override
  public void connectFailed(URI url, SocketAddress proxy, IOException why) {}
}
