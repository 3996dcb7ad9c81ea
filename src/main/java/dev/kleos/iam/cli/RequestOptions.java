package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.planfile.PlanUsageException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is sent to a service.
final class RequestOptions {
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description = "JSON to send; @FILE a file's, @- standard input's.")
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
    var body = data == null ? null : RequestBody.of(data, surroundings);
    var verb = method == null ? (body == null ? "GET" : "POST") : method.toUpperCase(Locale.ROOT);
    if (!METHOD.matcher(verb).matches() || verb.equals("CONNECT")) {
      throw new PlanUsageException("\"" + method + "\" is no method to call a service by");
    }
    return new Sent(verb, body);
  }

  /// A method and what goes with it.
  ///
  /// @param body null for none
  record Sent(String method, @Nullable Bytes body) {}
}
