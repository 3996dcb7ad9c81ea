package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.ServiceAccount;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What every call passes on its way in and out: it is logged when its request arrives; when it
/// runs, it is held for the latency that the emulator plays, so does the hook, its caller is made
/// out, its API looked up and its quota, and it meets its faults; and what it was answered with is
/// logged before the answer leaves. A call waits on a virtual thread of its own, so that it keeps
/// no other waiting.
final class CallGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> USER_PROJECT =
      Metadata.Key.of("x-goog-user-project", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<Identity> CALLER = Context.key("caller");
  private static final Context.Key<Effect> EFFECT = Context.key("effect");

  private final CallLog log;
  private final Callers callers;
  private final QuotaProjects quotaProjects;
  private final ConsumedApis consumedApis;
  private final Faults faults;
  private volatile CallHook hook = call -> {};
  private volatile Duration latency = Duration.ZERO;
  private volatile @Nullable RateLimits limits;

  CallGate(
      CallLog log,
      Callers callers,
      QuotaProjects quotaProjects,
      ConsumedApis consumedApis,
      Faults faults) {
    this.log = log;
    this.callers = callers;
    this.quotaProjects = quotaProjects;
    this.consumedApis = consumedApis;
    this.faults = faults;
  }

  /// Who makes the call that this thread answers.
  static Identity caller() {
    return Objects.requireNonNull(CALLER.get());
  }

  /// What a fault does to the call that this thread answers.
  static Effect effect() {
    return Objects.requireNonNullElse(EFFECT.get(), Effect.NONE);
  }

  void hook(CallHook newHook) {
    this.hook = newHook;
  }

  void delay(Duration newLatency) {
    this.latency = newLatency;
  }

  void limit(RateLimits newLimits) {
    this.limits = newLimits;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var watched = new Watched<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
      private @Nullable Call made;
      private @Nullable Q message;

      @Override
      public void onMessage(Q request) {
        var method = call.getMethodDescriptor().getFullMethodName();
        message = request;
        made = new Call(method, Requests.resourceOf(request), callers.of(authorization(headers)));
        watched.entry = log.add(made);
        super.onMessage(request);
      }

      // What answers the call runs in here; where there is not one request, gRPC says so.
      @Override
      public void onHalfClose() {
        if (watched.closed) {
          return;
        }
        if (made == null || message == null) {
          super.onHalfClose();
          return;
        }
        Context admitted;
        try {
          admitted = met(admitted(made, headers), watched, made, message);
        } catch (RuntimeException e) {
          refuse(watched, Answer.failure(e));
          return;
        }
        if (!watched.isCancelled()) { // meanwhile
          admitted.run(super::onHalfClose);
        }
      }

      @Override
      public void onCancel() {
        watched.answered(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  private Context admitted(Call made, Metadata headers) {
    pause(latency);
    hook.before(made);
    var caller = callers.identify(authorization(headers), made.method());
    quotaProjects.check(headers.get(USER_PROJECT), caller, made.method());
    consumedApis.check(made, headers.get(USER_PROJECT));
    var limited = limits;
    if (limited != null) {
      limited.admit(made.method(), consumedApis.consumer(made, headers.get(USER_PROJECT)));
    }
    return Context.current().withValue(CALLER, caller);
  }

  /// What a fault makes of a call that is admitted.
  ///
  /// @throws StatusRuntimeException where that is a failure
  private Context met(Context admitted, Watched<?, ?> watched, Call made, Object message) {
    var met = faults.meet(made, message);
    pause(met.latency());
    if (met.effect() instanceof Effect.Failure(var status)) {
      throw status;
    }
    watched.lost = met.effect() instanceof Effect.Lost;
    return admitted.withValue(EFFECT, met.effect());
  }

  private static void pause(Duration time) {
    if (time.isZero()) {
      return;
    }
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.asRuntimeException();
    }
  }

  /// Several are one that holds several (**documented** for HTTP), which stands for nobody.
  private static @Nullable String authorization(Metadata headers) {
    var sent = headers.getAll(AUTHORIZATION);
    return sent == null ? null : String.join(", ", sent);
  }

  private static void refuse(ServerCall<?, ?> call, StatusRuntimeException failure) {
    var trailers = new Metadata();
    if (failure.getTrailers() != null) {
      trailers.merge(failure.getTrailers()); // a copy, since the transport adds to them
    }
    call.close(failure.getStatus(), trailers);
  }

  /// A call whose answer is written down on its way out.
  private final class Watched<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private CallLog.@Nullable Entry entry;
    private boolean closed;
    private boolean lost;

    Watched(ServerCall<Q, A> call) {
      super(call);
    }

    /// All calls are unary: one message is the whole answer, and a client may act on it before the
    /// call is closed.
    @Override
    public void sendMessage(A message) {
      if (message instanceof ServiceAccount account
          && getMethodDescriptor().getFullMethodName().endsWith("/CreateServiceAccount")) {
        faults.created(account.getUniqueId());
      }
      if (lost) {
        return;
      }
      answered(Status.Code.OK);
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed = true;
      if (lost) {
        lost = false;
        refuse(this, Severed.answer());
        return;
      }
      answered(status.getCode());
      super.close(status, trailers);
    }

    void answered(Status.Code code) {
      if (entry != null) {
        entry.answered(code);
      }
    }
  }
}
