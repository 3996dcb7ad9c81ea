package dev.kleos.iam.emulator.server;

import com.google.protobuf.Message;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
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
          var message = bind(match, request);
          var answer = upstream.call(match.route().call(), message, request);
          return RestAnswer.ok(Json.write(answer, enumsAsNumbers(request)));
        });
  }

  private static Message bind(Routes.Match match, RestRequest request) {
    try {
      return RequestBinding.bind(match, request);
    } catch (StatusRuntimeException e) {
      throw RefusedException.of(e);
    }
  }

  /// **Recorded**: what the clients from npm send.
  private static boolean enumsAsNumbers(RestRequest request) {
    return request.parameter("$alt").contains("enum-encoding=int")
        || request.parameter("alt").contains("enum-encoding=int");
  }
}
