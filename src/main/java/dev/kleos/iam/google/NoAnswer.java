package dev.kleos.iam.google;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;

/// Why a service gave no answer. What was sent may have been done all the same, so nobody is told
/// to send again what does something: that takes a method which only asks (RFC 9110, section
/// 9.2.1), or that nothing was sent.
record NoAnswer(Endpoints.Request request, Exception why) {
  private static final Set<String> ASKING = Set.of("GET", "HEAD");

  private static final String PERHAPS =
      "The request may have been carried out all the same: find out before you send it again.";

  /// How the JDK says that a body is larger than it was limited to; held by a test.
  private static final String TOO_LARGE = "body exceeds capacity";

  /// What to tell of it.
  CloudException told() {
    return switch (why) {
      case InterruptedException _ ->
          failed(
              "CANCELLED",
              "Interrupted while " + who("the") + " was called.",
              isAsking() ? "" : PERHAPS);
      case HttpTimeoutException _ ->
          failed(
              "DEADLINE_EXCEEDED",
              who("The") + " did not answer in time.",
              isAsking()
                  ? "A service that sleeps takes a while to wake: run the same command again, or give"
                      + " it longer with --timeout."
                  : PERHAPS
                      + " A service that sleeps takes a while to wake; --timeout gives it"
                      + " longer.");
      case SSLException _ ->
          failed(
              "UNAVAILABLE",
              who("The") + " is not trusted: " + Objects.toString(why.getMessage(), "TLS failed"),
              Advice.IF_UNTRUSTED);
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
      default ->
          failed(
              "UNAVAILABLE",
              who("The") + " broke off" + (text().isEmpty() ? "." : ": " + text()),
              isAsking()
                  ? "Check the network and the proxy, then run the same command again."
                  : "Check the network and the proxy. " + PERHAPS);
    };
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
