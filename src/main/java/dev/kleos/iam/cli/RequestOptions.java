package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.planfile.PlanUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is sent to a service.
final class RequestOptions {
  /// Source: "Quotas and limits" of Cloud Run, for HTTP/1.
  private static final int MOST_BYTES = 32 << 20;

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description = "JSON to send, by POST; @FILE for a file's, @- for standard input.")
  private @Nullable String data;

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "GET if left out, POST with data.")
  private @Nullable String method;

  /// What is sent, read before anybody is called.
  ///
  /// @throws PlanUsageException where it cannot be
  Sent read(Surroundings surroundings) {
    var body = data == null ? null : body(data, surroundings);
    var verb = method == null ? (body == null ? "GET" : "POST") : method.toUpperCase(Locale.ROOT);
    if (!METHOD.matcher(verb).matches() || verb.equals("CONNECT")) {
      throw new PlanUsageException("\"" + method + "\" is no method to call a service by");
    }
    return new Sent(verb, body);
  }

  private static Bytes body(String data, Surroundings surroundings) {
    try {
      if (!data.startsWith("@")) {
        return Bytes.of(data.getBytes(UTF_8));
      }
      try (var in =
          data.equals("@-")
              ? surroundings.in()
              : Files.newInputStream(surroundings.directory().resolve(data.substring(1)))) {
        var bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new PlanUsageException(
              "\"" + data.substring(1) + "\" is larger than the 32 MiB that Cloud Run takes");
        }
        return Bytes.of(bytes);
      }
    } catch (IOException | InvalidPathException e) {
      throw new PlanUsageException("\"" + data.substring(1) + "\" cannot be read");
    }
  }

  /// A method and what goes with it.
  ///
  /// @param body null for none
  record Sent(String method, @Nullable Bytes body) {}
}
