package dev.kleos.iam.emulator.server;

import io.grpc.ServerServiceDefinition;
import java.util.Collection;
import java.util.Optional;

/// Every call of every service as REST, driven by the `google.api.http` annotations.
final class Transcoder implements RestHandler {
  private final Upstream upstream;
  private final Routes routes;

  Transcoder(Upstream upstream, Collection<ServerServiceDefinition> services) {
    this.upstream = upstream;
    this.routes = new Routes(services);
  }

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    return routes
        .match(request)
        .map(match -> {
          var message = RequestBinding.bind(match, request);
          var answer = upstream.call(match.route().call(), message, request);
          return RestAnswer.ok(Json.write(answer, enumsAsNumbers(request)));
        });
  }

  /// **Recorded**: what the clients from npm send.
  private static boolean enumsAsNumbers(RestRequest request) {
    return request.parameter("$alt").contains("enum-encoding=int")
        || request.parameter("alt").contains("enum-encoding=int");
  }
}
