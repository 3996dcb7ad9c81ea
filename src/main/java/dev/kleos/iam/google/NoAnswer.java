package dev.kleos.iam.google;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.HttpProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a service gave no answer. What was sent may have been done all the same, so nobody is told
/// to send again what does something: that takes a method which only asks (RFC 9110, section
/// 9.2.1), or that nothing was sent.
///
/// @param proxy the proxy on the way to it; null where there is none in between
record NoAnswer(Endpoints.Request request, Exception why, @Nullable HttpProxy proxy) {
  private static final Set<String> ASKING = Set.of("GET", "HEAD");

  private static final String PERHAPS =
      "The request may have been carried out all the same: find out before you send it again.";

  /// How the JDK says that a body is larger than it was limited to; held by a test.
  private static final String TOO_LARGE = "body exceeds capacity";

  /// How the JDK says that a proxy refused a connection (**recorded**).
  private static final Pattern REFUSED = Pattern.compile("Tunnel failed, got: (\\d{3})");

  /// What to tell of it.
  CloudException told() {
    return switch (why) {
      case InterruptedException _ ->
          failed(
              "CANCELLED",
              "Interrupted while " + who("the") + " was called.",
              isAsking() ? "" : PERHAPS);
      case HttpConnectTimeoutException _ -> notConnected();
      case HttpTimeoutException _ ->
          failed(
              "DEADLINE_EXCEEDED",
              who("The") + " did not answer in time" + through() + ".",
              isAsking()
                  ? "A service that sleeps takes a while to wake: run the same command again, or give"
                      + " it longer with --timeout."
                  : PERHAPS
                      + " A service that sleeps takes a while to wake; --timeout gives it"
                      + " longer.");
      case SSLException _ when proxy == null || isBehind(CertificateException.class) ->
          failed(
              "UNAVAILABLE",
              who("The") + " is not trusted: " + Objects.toString(why.getMessage(), "TLS failed"),
              Advice.IF_UNTRUSTED);
      case ConnectException _ when proxy != null ->
          failed(
              "UNAVAILABLE",
              isBehind(UnresolvedAddressException.class)
                  ? "The proxy's name cannot be looked up: " + proxy + "."
                  : "The proxy " + proxy + " does not answer.",
              "Check the network, and the address in "
                  + proxy.origin()
                  + ". Then run the same command again.");
      case ConnectException _ ->
          failed(
              "UNAVAILABLE",
              who("The") + " cannot be reached.",
              "Check the network and the proxy, then run the same command again.");
      case IOException _ when text().startsWith(TOO_LARGE) ->
          failed(
              "OUT_OF_RANGE",
              who("The") + " answered with more than is read of any answer.",
              "Ask it for less at a time.");
      default -> brokeOff();
    };
  }

  /// Nothing was sent then: the JDK sends when it is connected, through the proxy and under TLS.
  private CloudException notConnected() {
    return proxy == null
        ? failed(
            "DEADLINE_EXCEEDED",
            who("The") + " could not be connected to in time; nothing was sent.",
            "Check the network and the proxy, then run the same command again.")
        : failed(
            "DEADLINE_EXCEEDED",
            "The proxy "
                + proxy
                + " gave no connection to "
                + request.url().getAuthority()
                + " in time; nothing was sent.",
            "Check that it answers, and the address in "
                + proxy.origin()
                + ". Then run the same command again.");
  }

  private CloudException brokeOff() {
    var refused = REFUSED.matcher(text());
    return proxy != null && refused.lookingAt()
        ? ProxyRefusal.ofService(proxy, refused.group(1), request.url().getAuthority())
        : failed(
            "UNAVAILABLE",
            who("The") + " broke off" + through() + (text().isEmpty() ? "." : ": " + text()),
            isAsking()
                ? "Check the network and the proxy, then run the same command again."
                : "Check the network and the proxy. " + PERHAPS);
  }

  /// Whose doing it is cannot be seen from here.
  private String through() {
    return proxy == null ? "" : " through the proxy " + proxy;
  }

  private boolean isBehind(Class<? extends Throwable> kind) {
    for (Throwable it = why; it != null; it = it.getCause()) {
      if (kind.isInstance(it)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAsking() {
    return ASKING.contains(request.method());
  }

  private String who(String article) {
    return article + " service at " + request.url().getAuthority();
  }

  private String text() {
    return Objects.toString(why.getMessage(), "");
  }

  private static CloudException failed(String code, String message, String advice) {
    return new CloudException.Unavailable(Failure.of(code, "", message, advice));
  }
}
