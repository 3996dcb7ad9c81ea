package dev.kleos.iam.emulator.server;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.FrontEnd;
import dev.kleos.iam.emulator.FrontEndRequest;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/// Requests to Cloud Run services, which share the port of the APIs: those below `/run/`, and those
/// for Google's own host names, as a client sends them that takes this port for its proxy. They go
/// to the front end as they came: their bodies stay packed, and no verb stands for another.
record FrontDoor(Emulator emulator) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  /// Whether a request is for a service.
  static boolean has(HttpExchange exchange) {
    return FrontEnd.isAddress(url(exchange));
  }

  RestAnswer answer(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody();
    var content = ByteString.copyFrom(body.readNBytes(FrontEnd.MAX_BODY + 1));
    RestServer.drain(body);
    var answer =
        emulator
            .frontEnd()
            .answer(
                new FrontEndRequest(
                    exchange.getRequestMethod(),
                    url(exchange),
                    exchange.getRequestHeaders(),
                    content));
    return new RestAnswer(answer.status(), answer.body(), answer.headers());
  }

  /// The target as sent where it is absolute, else below the host that the request names.
  private static URI url(HttpExchange exchange) {
    var target = exchange.getRequestURI();
    var host = exchange.getRequestHeaders().getFirst("Host");
    return target.isAbsolute() || host == null || !HOST.matcher(host).matches()
        ? target
        : URI.create("http://" + host).resolve(target);
  }
}
