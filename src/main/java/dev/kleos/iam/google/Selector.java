package dev.kleos.iam.google;

import dev.kleos.iam.session.HttpProxy;
import dev.kleos.iam.session.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The proxy of the variables, as the JDK's HTTP client asks for it.
final class Selector extends ProxySelector {
  private final ProxySettings settings;

  Selector(ProxySettings settings) {
    this.settings = settings;
  }

  /// Looked up by whoever connects, and only then.
  static Proxy proxy(HttpProxy proxy) {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
  }

  @Override
  public List<Proxy> select(URI url) {
    var found =
        "https".equals(url.getScheme())
            ? settings.proxyFor(url.getHost(), url.getPort() < 0 ? 443 : url.getPort())
            : Optional.<HttpProxy>empty();
    return List.of(found.map(Selector::proxy).orElse(Proxy.NO_PROXY));
  }

  /// Nothing to do: there is no other proxy to turn to.
  @Override
  public void connectFailed(URI url, SocketAddress proxy, IOException why) {}
}
