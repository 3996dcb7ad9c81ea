package dev.kleos.iam.emulator;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An HTTP request to a Cloud Run service.
///
/// @param method as sent
/// @param url absolute
/// @param headers every value of every header, by its name in any case
public record FrontEndRequest(
    String method, URI url, Map<String, List<String>> headers, ByteString body) {

  public FrontEndRequest {
    var byName = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> byName.put(key(name), List.copyOf(values)));
    headers = Collections.unmodifiableMap(byName);
  }

  /// The same with a body of bytes.
  public static FrontEndRequest of(
      String method, URI url, Map<String, List<String>> headers, byte[] body) {
    return new FrontEndRequest(method, url, headers, ByteString.copyFrom(body));
  }

  /// The first value of a header.
  Optional<String> header(String name) {
    return headers.getOrDefault(key(name), List.of()).stream().findFirst();
  }

  private static String key(String header) {
    return header.toLowerCase(Locale.ROOT);
  }
}
