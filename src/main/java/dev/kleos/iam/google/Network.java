package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.core.ApiFunction;
import com.google.auth.http.HttpTransportFactory;
import dev.kleos.iam.session.CaFile;
import dev.kleos.iam.session.GcloudSettings;
import dev.kleos.iam.session.HttpProxy;
import dev.kleos.iam.session.ProxySettings;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ProxiedSocketAddress;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The way to Google: the proxy and the certificates that variables and gcloud name, for all that
/// talks to it: gRPC, requests for tokens, and calls to services. grpc-java and the JDK know none
/// of those variables by themselves.
///
/// @param proxies null where none is set, and the libraries' own defaults hold
/// @param tls null where the JDK's own certificates do
record Network(@Nullable ProxySettings proxies, @Nullable SSLContext tls) {
  /// The JDK gives no password to a proxy for TLS unless it is told to, before the first
  /// connection.
  private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

  /// How an error of a channel begins where the proxy's name leads nowhere.
  static final String UNKNOWN_PROXY = "Unknown host of the proxy: ";

  /// What the variables say.
  ///
  /// @throws dev.kleos.iam.session.BrokenSettingException where they cannot be meant so
  static Network of(Map<String, String> env, GcloudSettings gcloud) {
    var proxies = ProxySettings.of(env, gcloud);
    if (proxies.proxy().flatMap(HttpProxy::login).isPresent()
        && System.getProperty(TUNNELING) == null) {
      System.setProperty(TUNNELING, "");
    }
    return new Network(
        proxies.proxy().isPresent() ? proxies : null,
        CaFile.of(env, gcloud).map(Trust::of).orElse(null));
  }

  /// The proxy on the way to Google's APIs; null where there is none in between.
  @Nullable HttpProxy proxy() {
    return proxyFor("https", "iam.googleapis.com", 443).orElse(null);
  }

  /// What is done to the channel of every service. See [CallRules] for what is made again, and by
  /// whom.
  @SuppressWarnings("rawtypes") // The library's.
  ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> channels() {
    return channel -> {
      channel.disableRetry();
      if (proxies != null) {
        channel.proxyDetector(this::ofChannel);
      }
      if (tls != null && channel instanceof OkHttpChannelBuilder okhttp) {
        okhttp.sslSocketFactory(tls.getSocketFactory());
      }
      return channel;
    };
  }

  /// For requests of tokens; none of them is sent on to where an answer leads.
  HttpTransportFactory tokens() {
    var transport = new TokenTransport(this);
    return () -> transport;
  }

  /// For calls to services.
  @Nullable ProxySelector selector() {
    return proxies == null ? ProxySelector.getDefault() : new Selector(this);
  }

  /// What such a call tells the proxy in its header `Proxy-Authorization`, which goes no further
  /// than to the proxy; empty where there is none in between, or it asks for nothing.
  Optional<String> authorization(URI url) {
    return proxyFor(url.getScheme(), url.getHost(), url.getPort())
        .flatMap(HttpProxy::login)
        .map(login -> (login.user() + ":" + login.password()).getBytes(UTF_8))
        .map(login -> "Basic " + Base64.getEncoder().encodeToString(login));
  }

  /// A connection for a request of a token.
  HttpURLConnection open(URL url) throws IOException {
    var proxy = proxyFor(url.getProtocol(), url.getHost(), url.getPort());
    var connection =
        (HttpURLConnection)
            (proxies == null
                ? url.openConnection()
                : url.openConnection(proxy.map(Selector::proxy).orElse(Proxy.NO_PROXY)));
    proxy
        .flatMap(HttpProxy::login)
        .ifPresent(login -> connection.setAuthenticator(new ProxyLogin(login)));
    if (tls != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls.getSocketFactory());
    }
    return connection;
  }

  /// The proxy on the way to a place; empty where there is none in between.
  ///
  /// @param port negative where the address has none
  Optional<HttpProxy> proxyFor(String scheme, String host, int port) {
    return proxies == null || !scheme.equals("https")
        ? Optional.empty()
        : proxies.proxyFor(host, port < 0 ? 443 : port);
  }

  /// The proxy on the way to an address; null where there is none in between.
  @Nullable HttpProxy proxyFor(URI url) {
    return proxyFor(url.getScheme(), url.getHost(), url.getPort()).orElse(null);
  }

  private @Nullable ProxiedSocketAddress ofChannel(SocketAddress target) throws IOException {
    if (!(target instanceof InetSocketAddress there)) {
      return null;
    }
    var proxy = proxyFor("https", there.getHostString(), there.getPort()).orElse(null);
    if (proxy == null) {
      return null;
    }
    var place = new InetSocketAddress(proxy.host(), proxy.port());
    if (place.isUnresolved()) {
      throw new IOException(UNKNOWN_PROXY + proxy);
    }
    var address =
        HttpConnectProxiedSocketAddress.newBuilder().setTargetAddress(there).setProxyAddress(place);
    proxy
        .login()
        .ifPresent(login -> address.setUsername(login.user()).setPassword(login.password()));
    return address.build();
  }
}
