package dev.kleos.iam.google;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.HttpProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
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
            case WrongAnswer wrong -> Optional.of(wrong.told(call));
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
        : throughProxy(e, call);
  }

  private Optional<CloudException> ofProxy(Throwable cause, Call call) {
    var text = Objects.toString(cause.getMessage(), "");
    var refused = REFUSED.matcher(text);
    if (refused.find()) {
      var status = Objects.requireNonNullElse(refused.group(1), refused.group(2));
      return Optional.of(ProxyRefusal.ofGoogle(proxy, status, call.resource().name()));
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

  /// What came of a call whose connection led through the proxy, where no more is known than that
  /// it failed: Google's own silence looks the same.
  private Optional<CloudException> throughProxy(ApiException e, Call call) {
    if (proxy == null) {
      return Optional.empty();
    }
    var advice =
        "Check that it answers, and lets *.googleapis.com through; or, if Google can be reached"
            + " without it, name that in no_proxy."
            + AGAIN;
    if (e.getStatusCode().getCode() == Code.DEADLINE_EXCEEDED) {
      var message = "No answer of Google's came in time through the proxy " + proxy + ".";
      return Optional.of(passing("DEADLINE_EXCEEDED", message, advice, call));
    }
    var causes = chain(e);
    var isBroken =
        e.getStatusCode().getCode() == Code.UNAVAILABLE
            && causes.stream().anyMatch(IOException.class::isInstance)
            && causes.stream().noneMatch(CertificateException.class::isInstance);
    return isBroken
        ? Optional.of(
            passing("The connection through the proxy " + proxy + " broke off.", advice, call))
        : Optional.empty();
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
    return passing("UNAVAILABLE", message, advice, call);
  }

  private static CloudException passing(String code, String message, String advice, Call call) {
    return new CloudException.Transient(
        Failure.of(code, call.resource().name(), message, advice), Optional.empty());
  }

  private static List<Throwable> chain(Throwable e) {
    var chain = new ArrayList<Throwable>();
    for (Throwable it = e; it != null && chain.size() < 20; it = it.getCause()) {
      chain.add(it);
    }
    return chain;
  }
}
