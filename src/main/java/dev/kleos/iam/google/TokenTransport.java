package dev.kleos.iam.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.io.IOException;
import java.net.URI;

/// Requests for tokens, each of which has a secret in it. The library's own transport takes whoever
/// answers at his word and sends the same again to wherever he redirects, in the clear as well;
/// that cannot be switched off from outside, since the library makes its requests itself. Here a
/// redirection is an error.
final class TokenTransport extends HttpTransport {
  private final Network network;

  TokenTransport(Network network) {
    this.network = network;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
    return new TokenRequest(method, network.open(URI.create(url).toURL()));
  }
}
