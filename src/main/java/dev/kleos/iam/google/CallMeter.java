package dev.kleos.iam.google;

import dev.kleos.iam.cloud.ApiCalls;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Counts calls where they leave, so that retries count too.
final class CallMeter implements ClientInterceptor {
  /// What changes nothing; a token is made, but nothing that anybody else would see.
  private static final Pattern READS = Pattern.compile("Get|List|Test|Generate");

  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    var reading = READS.matcher(String.valueOf(method.getBareMethodName())).lookingAt();
    (reading ? reads : writes).incrementAndGet();
    return next.newCall(method, options);
  }

  ApiCalls calls() {
    return new ApiCalls(reads.get(), writes.get());
  }
}
