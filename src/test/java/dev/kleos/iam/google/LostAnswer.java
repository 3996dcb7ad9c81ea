package dev.kleos.iam.google;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection that breaks once: after a call of one method has been carried out, and before its
/// answer arrives.
public final class LostAnswer implements ClientInterceptor {
  private final String method;
  private final AtomicBoolean lost = new AtomicBoolean();

  /// @param method what follows the `/`, e.g. `SetIamPolicy`
  public LostAnswer(String method) {
    this.method = method;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> descriptor, CallOptions options, Channel next) {
    var call = next.newCall(descriptor, options);
    if (!method.equals(descriptor.getBareMethodName()) || !lost.compareAndSet(false, true)) {
      return call;
    }
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<A>(listener) {
              @Override
              public void onMessage(A message) {
                // lost
              }

              @Override
              public void onClose(Status status, Metadata trailers) {
                super.onClose(Status.UNAVAILABLE.withDescription("connection lost"), trailers);
              }
            },
            headers);
      }
    };
  }
}
