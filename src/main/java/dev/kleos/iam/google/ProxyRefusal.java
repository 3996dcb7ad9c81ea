package dev.kleos.iam.google;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.HttpProxy;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is said where a proxy answers that it lets no connection through.
final class ProxyRefusal {
  private static final String WANTS_LOGIN = "407";

  private ProxyRefusal() {}

  /// On the way to Google.
  ///
  /// @param proxy null where it is named by nothing that is known here
  /// @param status what it answered
  static CloudException ofGoogle(@Nullable HttpProxy proxy, String status, String resource) {
    return told(proxy, status, resource, "Google", "*.googleapis.com");
  }

  /// On the way to a service.
  static CloudException ofService(HttpProxy proxy, String status, String host) {
    return told(proxy, status, "", host, host);
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

  private static CloudException told(
      @Nullable HttpProxy proxy, String status, String resource, String whereTo, String names) {
    if (status.equals(WANTS_LOGIN)) {
      return new CloudException.Unavailable(wantsLogin(proxy, resource));
    }
    var failure =
        Failure.of(
            "UNAVAILABLE",
            resource,
            "The proxy "
                + Objects.toString(proxy, "in between")
                + " lets nothing through to "
                + whereTo
                + ": it answered "
                + status
                + ".",
            "Ask whoever runs it to let "
                + names
                + " through; or, if "
                + whereTo
                + " can be reached without it, name that in no_proxy.");
    return status.startsWith("5")
        ? new CloudException.Transient(failure, Optional.empty())
        : new CloudException.Unavailable(failure);
  }
}
