package dev.kleos.iam.google;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/// One request for a token. It is sent as a whole and not in a stream, because of what is refused
/// in a stream the JDK keeps back why.
final class TokenRequest extends LowLevelHttpRequest {
  private static final int MOST_BYTES = 1 << 20; // a token has a few kB

  private final HttpURLConnection connection;

  TokenRequest(String method, HttpURLConnection connection) throws ProtocolException {
    this.connection = connection;
    connection.setRequestMethod(method);
    connection.setUseCaches(false);
    connection.setInstanceFollowRedirects(false);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    connection.addRequestProperty(name, value);
  }

  @Override
  public void setTimeout(int connectMillis, int readMillis) {
    connection.setConnectTimeout(connectMillis);
    connection.setReadTimeout(readMillis);
  }

  /// @throws WrongAnswer where the answer leads elsewhere, among others
  @Override
  public LowLevelHttpResponse execute() throws IOException {
    var content = getStreamingContent();
    if (content != null) {
      describe("Content-Type", getContentType());
      describe("Content-Encoding", getContentEncoding());
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        content.writeTo(out);
      }
    }
    var status = connection.getResponseCode();
    if (status < 100) {
      throw WrongAnswer.noHttp(host());
    }
    var target = connection.getHeaderField("Location");
    if (status / 100 == 3 && target != null) {
      connection.disconnect();
      throw WrongAnswer.redirection(host(), target);
    }
    return new TokenAnswer(connection, status, body(status));
  }

  private void describe(String name, @Nullable String value) {
    if (value != null) {
      addHeader(name, value);
    }
  }

  private String host() {
    return connection.getURL().getHost();
  }

  private byte[] body(int status) throws IOException {
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      var body = in == null ? new byte[0] : in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        connection.disconnect();
        throw WrongAnswer.tooLong(host());
      }
      return body;
    }
  }
}
