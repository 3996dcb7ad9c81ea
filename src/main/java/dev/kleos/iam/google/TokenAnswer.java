package dev.kleos.iam.google;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a token endpoint answered, as the library wants to be told.
final class TokenAnswer extends LowLevelHttpResponse {
  private final HttpURLConnection connection;
  private final int status;
  private final byte[] body;
  private final List<Map.Entry<String, String>> headers;

  TokenAnswer(HttpURLConnection connection, int status, byte[] body) {
    this.connection = connection;
    this.status = status;
    this.body = body;
    this.headers =
        connection.getHeaderFields().entrySet().stream()
            .filter(header -> header.getKey() != null) // which the line of the status has
            .flatMap(header ->
                header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
            .toList();
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public @Nullable String getContentEncoding() {
    return connection.getContentEncoding();
  }

  @Override
  public long getContentLength() {
    return body.length;
  }

  @Override
  public @Nullable String getContentType() {
    return connection.getContentType();
  }

  @Override
  public @Nullable String getStatusLine() {
    return connection.getHeaderField(0);
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public @Nullable String getReasonPhrase() throws IOException {
    return connection.getResponseMessage();
  }

  @Override
  public int getHeaderCount() {
    return headers.size();
  }

  @Override
  public String getHeaderName(int index) {
    return headers.get(index).getKey();
  }

  @Override
  public String getHeaderValue(int index) {
    return headers.get(index).getValue();
  }

  @Override
  public void disconnect() {
    connection.disconnect();
  }
}
