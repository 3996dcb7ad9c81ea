package dev.kleos.iam.google;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.HttpProxy;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What can stand in the way before Google has said anything about the call itself: the proxy, a
/// certificate, a name that nobody knows, a login that has ended. Told in words of our own, since
/// the libraries' repeat what somebody in between has answered.
///
/// @param proxy the proxy in between; null where there is none
/// @param caller who calls
record Obstacles(@Nullable HttpProxy proxy, Caller caller) {
  /// What gRPC and the JDK say of a proxy's refusal (**recorded**).
  private static final Pattern REFUSED =
      Pattern.compile(
          "from proxy was not successful \\(expected 2xx, got (\\d{3})"
              + "|through proxy\\. Proxy returns \"HTTP/1\\.[01] (\\d{3})");

  /// What gRPC says where a credential failed in a way that does not pass by itself.
  private static final String NO_TOKEN = "UNAUTHENTICATED: Failed computing credential metadata";

  private static final String AGAIN = " " + Advice.TRY_AGAIN;

  /// What stood in the way; empty where nothing of that kind did.
  Optional<CloudException> find(ApiException e, Call call) {
    for (var cause : chain(e)) {
      var found =
          switch (cause) {
            case HttpResponseException refusal ->
                Optional.of(new TokenRefusal(refusal, caller).told(call));
            case Redirection redirection -> Optional.of(redirection.told(call));
            case CertPathBuilderException _ -> Optional.of(untrusted(call));
            case UnknownHostException unknown when proxy == null ->
                Optional.of(unknown(unknown, call));
            default -> ofProxy(cause, call);
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return chain(e).stream()
            .map(cause -> Objects.toString(cause.getMessage(), ""))
            .anyMatch(text -> text.contains(NO_TOKEN))
        ? Optional.of(new CloudException.Unavailable(noToken(call)))
        : Optional.empty();
  }

  /// The proxy answered 407.
  static Failure wantsLogin(@Nullable HttpProxy proxy, String resource) {
    var isNamed = proxy != null && proxy.login().isPresent();
    var origin = proxy == null ? "https_proxy" : proxy.origin();
    return Failure.of(
        "UNAVAILABLE",
        resource,
        "The proxy "
            + Objects.toString(proxy, "in between")
            + (isNamed
                ? " does not accept the user and the password that it is named with."
                : " wants a user and a password."),
        "Write them into "
            + origin
            + ", as in http://USER:PASSWORD@HOST:PORT; special characters percent-encoded.");
  }

  private Optional<CloudException> ofProxy(Throwable cause, Call call) {
    var text = Objects.toString(cause.getMessage(), "");
    var refused = REFUSED.matcher(text);
    if (refused.find()) {
      var status = Objects.requireNonNullElse(refused.group(1), refused.group(2));
      return Optional.of(refused(status, call));
    }
    if (proxy == null) {
      return Optional.empty();
    }
    if (text.startsWith(Network.UNKNOWN_PROXY) || cause instanceof UnknownHostException) {
      return Optional.of(
          passing(
              text.startsWith(Network.UNKNOWN_PROXY)
                  ? "The proxy's name cannot be looked up: " + proxy + "."
                  : "A name cannot be looked up, past the proxy " + proxy + ".",
              "Check the network, and no_proxy." + AGAIN,
              call));
    }
    return cause instanceof ConnectException
        ? Optional.of(
            passing(
                "The proxy " + proxy + " does not answer.",
                "Check the network, and the address in " + proxy.origin() + "." + AGAIN,
                call))
        : Optional.empty();
  }

  private CloudException refused(String status, Call call) {
    if (status.equals("407")) {
      return new CloudException.Unavailable(wantsLogin(proxy, call.resource().name()));
    }
    var who = "The proxy " + Objects.toString(proxy, "in between");
    var failure =
        Failure.of(
            "UNAVAILABLE",
            call.resource().name(),
            who + " lets nothing through to Google: it answered " + status + ".",
            "Ask whoever runs it to let *.googleapis.com through; or, if Google can be reached"
                + " without it, name that in no_proxy.");
    return status.startsWith("5")
        ? new CloudException.Transient(failure, Optional.empty())
        : new CloudException.Unavailable(failure);
  }

  private Failure noToken(Call call) {
    return Failure.of(
        "UNAUTHENTICATED",
        call.resource().name(),
        "No access token could be made of the Application Default Credentials.",
        TokenRefusal.advice(caller));
  }

  private static CloudException untrusted(Call call) {
    return new CloudException.Unavailable(
        Failure.of(
            "UNAVAILABLE",
            call.resource().name(),
            "Whoever answers in Google's name has a certificate that this machine does not trust"
                + " (PKIX path building failed); nothing was sent.",
            Advice.IF_UNTRUSTED));
  }

  private static CloudException unknown(UnknownHostException unknown, Call call) {
    var name = Objects.toString(unknown.getMessage(), "").replaceFirst(":.*", "");
    return passing(
        name + " cannot be looked up.",
        "Check the network. Where Google is reached through a proxy, name it:"
            + " https_proxy=http://HOST:PORT."
            + AGAIN,
        call);
  }

  private static CloudException passing(String message, String advice, Call call) {
    return new CloudException.Transient(
        Failure.of("UNAVAILABLE", call.resource().name(), message, advice), Optional.empty());
  }

  private static List<Throwable> chain(Throwable e) {
    var chain = new ArrayList<Throwable>();
    for (Throwable it = e; it != null && chain.size() < 20; it = it.getCause()) {
      chain.add(it);
    }
    return chain;
  }
}
