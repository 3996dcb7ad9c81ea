package dev.kleos.iam.emulator;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/// What every call passes on its way in: it is logged, then the hook runs.
final class CallGate implements ServerInterceptor {
  private final CallLog log;
  private volatile CallHook hook = call -> {};

  CallGate(CallLog log) {
    this.log = log;
  }

  void hook(CallHook newHook) {
    this.hook = newHook;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var method = call.getMethodDescriptor().getFullMethodName();
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q request) {
        var made = new Call(method, Requests.resourceOf(request));
        log.add(made);
        try {
          hook.before(made);
        } catch (RuntimeException e) {
          refused = true;
          refuse(call, Answer.failure(e));
          return;
        }
        super.onMessage(request);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  private static void refuse(ServerCall<?, ?> call, StatusRuntimeException failure) {
    var trailers = new Metadata();
    if (failure.getTrailers() != null) {
      trailers.merge(failure.getTrailers()); // a copy, since the transport adds to them
    }
    call.close(failure.getStatus(), trailers);
  }
}
