package dev.kleos.iam.google;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/// Somebody else's channel with an interceptor more; closing it leaves the channel open.
final class BorrowedChannel extends ManagedChannel {
  private final ManagedChannel owner;
  private final Channel intercepted;

  BorrowedChannel(ManagedChannel owner, ClientInterceptor interceptor) {
    this.owner = owner;
    this.intercepted = ClientInterceptors.intercept(owner, interceptor);
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return intercepted.newCall(method, options);
  }

  @Override
  public String authority() {
    return intercepted.authority();
  }

  @Override
  public ManagedChannel shutdown() {
    return this;
  }

  @Override
  public ManagedChannel shutdownNow() {
    return this;
  }

  @Override
  public boolean isShutdown() {
    return owner.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return owner.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return owner.awaitTermination(timeout, unit);
  }
}
