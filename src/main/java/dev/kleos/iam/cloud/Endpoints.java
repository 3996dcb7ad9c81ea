package dev.kleos.iam.cloud;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The services themselves, called over HTTP as their clients call them.
public interface Endpoints {
  /// Calls once, whatever comes of it. A redirection is an answer like any other: the token is not
  /// sent elsewhere.
  ///
  /// @throws CloudException where there is no answer
  Answer call(Request request);

  /// A request.
  ///
  /// @param method such as `GET`
  /// @param token sent as the bearer's; null for a call of nobody in particular
  /// @param body null for none; sent as JSON
  /// @param timeout for the whole call; a service that sleeps takes seconds to wake
  record Request(
      String method, URI url, @Nullable Token token, @Nullable Bytes body, Duration timeout) {}

  /// What came back.
  ///
  /// @param headers by lower-case name, the first value of each
  record Answer(int status, Map<String, String> headers, Bytes body) {
    public Answer {
      headers = Map.copyOf(headers);
    }

    /// A header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }
}
