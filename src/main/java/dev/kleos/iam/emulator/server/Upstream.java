package dev.kleos.iam.emulator.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;

/// The way from HTTP to the emulator's services: each call as the caller of the request.
record Upstream(Channel channel) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /// Makes a call.
  ///
  /// @throws io.grpc.StatusRuntimeException when it fails
  <Q, A> A call(MethodDescriptor<Q, A> method, Q message, RestRequest request) {
    return ClientCalls.blockingUnaryCall(as(request), method, CallOptions.DEFAULT, message);
  }

  /// The channel, for a stub.
  Channel as(RestRequest request) {
    var authorization = request.authorization();
    if (authorization == null) {
      return channel;
    }
    var headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
