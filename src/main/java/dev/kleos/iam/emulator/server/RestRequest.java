package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP request, as far as anybody here looks at it.
///
/// @param verb as sent; all that there are, are in upper case
/// @param host without the port, of an absolute-form target or of the Host header
/// @param path the segments between the slashes, decoded
/// @param query every value of every parameter, decoded
/// @param authorization the credential as a header, see [Credential]; null where there is none
/// @param userProject the header `x-goog-user-project` as sent; null where there is none
record RestRequest(
    String verb,
    String host,
    List<String> path,
    Map<String, List<String>> query,
    @Nullable String authorization,
    @Nullable String userProject,
    ByteString body) {

  /// Takes raw path and query apart.
  ///
  /// @param authorization every header of that name
  /// @throws IllegalArgumentException for a broken escape
  static RestRequest of(
      String verb,
      String host,
      String path,
      String query,
      List<String> authorization,
      @Nullable String userProject,
      ByteString body) {
    var parameters = parameters(query);
    return new RestRequest(
        verb,
        host,
        segments(path),
        parameters,
        Credential.of(authorization, parameters),
        userProject,
        body);
  }

  /// Without the empty segment before the first slash.
  private static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (var segment : rawPath.replaceFirst("^/", "").split("/", -1)) {
      segments.add(decoded(segment.replace("+", "%2B"))); // a plus in a path is a plus
    }
    return List.copyOf(segments);
  }

  /// The parameters of a raw query or of a form. Only `&` separates: Google's clients put `;` into
  /// values, as in `$alt=json;enum-encoding=int` (**recorded**).
  ///
  /// @throws IllegalArgumentException for a broken escape
  static Map<String, List<String>> parameters(String raw) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        var parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
            .add(parts.length < 2 ? "" : decoded(parts[1]));
      }
    }
    return parameters;
  }

  /// The decoded path without its first slash; a segment that has a slash in it does not show.
  String joinedPath() {
    return String.join("/", path);
  }

  /// The last value of a parameter; empty where it was not sent.
  String parameter(String name) {
    var values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getLast();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
