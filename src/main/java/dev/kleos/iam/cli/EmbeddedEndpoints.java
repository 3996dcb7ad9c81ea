package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.FrontEndRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// The services of an emulator in this process, called without a port.
record EmbeddedEndpoints(Emulator emulator) implements Endpoints {
  @Override
  public Answer call(Request request) {
    var headers = new HashMap<String, List<String>>();
    var token = request.token();
    if (token != null) {
      headers.put("authorization", List.of("Bearer " + token.value()));
    }
    var body = request.body();
    if (body != null) {
      headers.put("content-type", List.of("application/json"));
    }
    var answer =
        emulator
            .frontEnd()
            .answer(
                FrontEndRequest.of(
                    request.method(),
                    request.url(),
                    headers,
                    (body == null ? Bytes.NONE : body).copy()));
    var named = new HashMap<String, String>();
    answer.headers().forEach((name, value) -> named.put(name.toLowerCase(Locale.ROOT), value));
    return new Answer(answer.status(), named, Bytes.of(answer.body().getBytes(UTF_8)));
  }
}
