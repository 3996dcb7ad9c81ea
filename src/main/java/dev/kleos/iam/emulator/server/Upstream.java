package dev.kleos.iam.emulator.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import org.jspecify.annotations.Nullable;

/// The way from HTTP to the emulator's services: each call as the caller of the request, on the
/// quota of the project that it names.
record Upstream(Channel channel) {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> USER_PROJECT = key("x-goog-user-project");

  /// Makes a call.
  ///
  /// @throws io.grpc.StatusRuntimeException when it fails
  <Q, A> A call(MethodDescriptor<Q, A> method, Q message, RestRequest request) {
    return ClientCalls.blockingUnaryCall(as(request), method, CallOptions.DEFAULT, message);
  }

  /// The same as somebody else than the request says.
  <Q, A> A call(MethodDescriptor<Q, A> method, Q message, String authorization) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    var as =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return ClientCalls.blockingUnaryCall(as, method, CallOptions.DEFAULT, message);
  }

  /// The channel, for a stub.
  Channel as(RestRequest request) {
    var headers = new Metadata();
    put(headers, AUTHORIZATION, request.authorization());
    put(headers, USER_PROJECT, request.userProject());
    return headers.keys().isEmpty()
        ? channel
        : ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void put(Metadata headers, Metadata.Key<String> key, @Nullable String value) {
    if (value != null) {
      headers.put(key, value);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
