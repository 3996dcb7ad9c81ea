package dev.kleos.iam.emulator;

import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A fault that was added, and what has become of it. Used under the world's lock.
final class ArmedFault {
  private static final Pattern PAGED = Pattern.compile(".*/(List|QueryGrantable).*");

  private final Fault fault;
  private final Glob method;
  private final Glob resource;
  private final Staging staging;
  private long spared;
  private long injected;

  ArmedFault(Fault fault, World world, Clock clock) {
    this.fault = fault;
    this.method = new Glob(fault.method());
    this.resource = new Glob(fault.resource());
    this.staging = staging(fault.kind(), world, clock);
  }

  /// What it does to a call; empty where it spares the call, or has nothing to do with it.
  ///
  /// @param canonical the call's resource as the emulator spells it
  Optional<Effect> meet(Call call, String canonical, Object request) {
    if (isOver()
        || !method.matchesMethod(call.method())
        || !(resource.matches(call.resource()) || resource.matches(canonical))) {
      return Optional.empty();
    }
    var effect = staging.on(call, request);
    if (effect.isPresent() && spared < fault.after()) {
      spared++;
      return Optional.empty();
    }
    if (effect.isPresent()) {
      injected++;
      if (isOver()) {
        staging.ended();
      }
    }
    return effect;
  }

  boolean isLatency() {
    return fault.kind() instanceof FaultKind.Latency;
  }

  void created(String uniqueId) {
    staging.created(uniqueId);
  }

  void end() {
    staging.ended();
  }

  Faults.State state() {
    var left = fault.count();
    return new Faults.State(
        fault, left.isPresent() ? OptionalLong.of(left.getAsLong() - injected) : left, injected);
  }

  private boolean isOver() {
    return fault.count().isPresent() && injected == fault.count().getAsLong();
  }

  private static Staging staging(FaultKind kind, World world, Clock clock) {
    return switch (kind) {
      case FaultKind.Status status -> (_, _) -> Optional.of(failure(status));
      case FaultKind.Conflict _ ->
          (call, _) ->
              call.is("SetIamPolicy")
                  ? Optional.of(new Effect.Failure(Errors.concurrentChange()))
                  : Optional.empty();
      case FaultKind.Latency(var time) -> (_, _) -> Optional.of(new Effect.Delay(time));
      case FaultKind.AnswerLost _ -> (_, _) -> Optional.of(new Effect.Lost());
      case FaultKind.ConnectionCut _ ->
          (_, _) -> Optional.of(new Effect.Failure(Severed.connection()));
      case FaultKind.StaleReads(var time) -> new StaleReads(world, clock, time);
      case FaultKind.FlappingAccounts(var time) -> new FlappingAccounts(world, clock, time);
      case FaultKind.ShortPage(var entries) ->
          (call, _) ->
              PAGED.matcher(call.method()).matches()
                  ? Optional.of(new Effect.Page(entries))
                  : Optional.empty();
    };
  }

  private static Effect failure(FaultKind.Status status) {
    var text = status.message().isEmpty() ? "A fault of the emulator." : status.message();
    var details =
        status.retryDelay().stream()
            .map(delay ->
                RetryInfo.newBuilder()
                    .setRetryDelay(
                        com.google.protobuf.Duration.newBuilder()
                            .setSeconds(delay.getSeconds())
                            .setNanos(delay.getNano()))
                    .build())
            .toArray(Message[]::new);
    return new Effect.Failure(Errors.of(status.code(), text, details));
  }
}
