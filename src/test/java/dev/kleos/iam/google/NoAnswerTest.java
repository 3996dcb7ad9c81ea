package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.session.HttpProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said where a service gives no answer, and what is to be done then.
class NoAnswerTest {
  private static final String PERHAPS =
      "The request may have been carried out all the same: find out before you send it again.";

  private static final HttpProxy PROXY =
      new HttpProxy("proxy", 80, Optional.empty(), "https_proxy");

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whatOnlyAsks_isAskedAgain(String method) {
    assertThat(advice(method, new HttpTimeoutException("late")))
        .isEqualTo(
            "A service that sleeps takes a while to wake: run the same command again, or give it"
                + " longer with --timeout.");
    assertThat(advice(method, new IOException("Connection reset")))
        .isEqualTo("Check the network and the proxy, then run the same command again.");
    assertThat(advice(method, new InterruptedException())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "SWEEP"})
  void whatMayHaveBeenDone_isNotToBeSentAgainBlindly(String method) {
    assertThat(
            Stream.of(
                new HttpTimeoutException("late"),
                new IOException("Connection reset"),
                new InterruptedException()))
        .allSatisfy(why ->
            assertThat(advice(method, why))
                .contains(PERHAPS)
                .doesNotContain("run the same command again"));
  }

  /// Then it cannot have been done, whatever it is.
  @Test
  void whatWasNotSent_canBeSentAgain() {
    assertThat(told("POST", new ConnectException()))
        .hasMessage("The service at a.run.app cannot be reached.");
    assertThat(advice("POST", new ConnectException()))
        .isEqualTo("Check the network and the proxy, then run the same command again.");
  }

  @ParameterizedTest
  @MethodSource("withoutWords")
  void whatSaysNothing_isNotRepeatedAsNull(Exception why, String message) {
    assertThat(told("GET", why)).hasMessage("The service at a.run.app " + message);
  }

  static Stream<Arguments> withoutWords() {
    return Stream.of(
        Arguments.of(new ClosedChannelException(), "broke off."),
        Arguments.of(new SSLHandshakeException(null), "is not trusted: TLS failed"));
  }

  /// It is no service that sleeps, since nothing has reached it.
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aConnectionThatIsNotMadeInTime_isNoServiceThatSleeps(String method) {
    var told = told(method, new HttpConnectTimeoutException("HTTP connect timed out"));

    assertThat(told)
        .hasMessage(
            "The service at a.run.app could not be connected to in time; nothing was sent.");
    assertThat(told.failure().advice())
        .isEqualTo("Check the network and the proxy, then run the same command again.");
  }

  @ParameterizedTest
  @MethodSource("throughAProxy")
  void whatMayBeTheProxys_namesIt_andTheVariable(Exception why, String message) {
    assertThat(told("GET", why, PROXY)).hasMessage(message);
  }

  static Stream<Arguments> throughAProxy() {
    return Stream.of(
        Arguments.of(
            new HttpConnectTimeoutException("HTTP connect timed out"),
            "The proxy proxy:80 (https_proxy) gave no connection to a.run.app in time; nothing was"
                + " sent."),
        Arguments.of(
            new HttpTimeoutException("late"),
            "The service at a.run.app did not answer in time through the proxy proxy:80"
                + " (https_proxy)."),
        Arguments.of(
            new SSLHandshakeException("Remote host terminated the handshake"),
            "The service at a.run.app broke off through the proxy proxy:80 (https_proxy): Remote"
                + " host terminated the handshake"));
  }

  private static String advice(String method, Exception why) {
    return told(method, why).failure().advice();
  }

  private static CloudException told(String method, Exception why) {
    return told(method, why, null);
  }

  private static CloudException told(String method, Exception why, @Nullable HttpProxy proxy) {
    var url = URI.create("https://a.run.app/path?canary");
    var request = new Endpoints.Request(method, url, null, null, Duration.ofSeconds(1));
    return new NoAnswer(request, why, proxy).told();
  }
}
