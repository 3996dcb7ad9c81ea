package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way of a call to Google and back: it sets out, arrives and is answered, and in between
/// anything can happen, also that the caller dies.
final class Wire {
  /// How long a caller waits for an answer.
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final Weather weather;
  private final Tally tally;
  private final Trace trace;

  Wire(Scheduler scheduler, Weather weather, Tally tally, Trace trace) {
    this.scheduler = scheduler;
    this.weather = weather;
    this.tally = tally;
    this.trace = trace;
  }

  /// Makes the call; some fail on the way.
  ///
  /// @throws CloudException where it fails
  <T> T make(SimulatedProcess process, Call<T> call) {
    process.point();
    var fault = weather.fault(call.op, scheduler.now());
    tally.count(Tally.What.CALLS);
    trace.add(process.name(), call + " sets out" + (fault == null ? "" : ": " + fault));
    return make(process, call, fault);
  }

  /// Makes a call that goes well.
  <T> T makeUnharmed(SimulatedProcess process, Call<T> call) {
    process.point();
    trace.add(process.name(), call + " sets out");
    return make(process, call, null);
  }

  private <T> T make(SimulatedProcess process, Call<T> call, @Nullable Fault fault) {
    var answer = new Answer<T>(Thread.currentThread());
    switch (fault) {
      case null -> arrives(process, call, answer, weather.way(), Duration.ZERO);
      case SLOW -> arrives(process, call, answer, weather.slowly(), Duration.ZERO);
      case STALE -> arrives(process, call, answer, weather.way(), weather.staleness());
      case LOST_ANSWER -> {
        arrives(process, call, null, weather.way(), Duration.ZERO);
        var isCut = weather.coin();
        fails(
            answer,
            isCut ? weather.way() : TIMEOUT,
            passing(call, isCut ? "UNAVAILABLE" : "DEADLINE_EXCEEDED", null));
      }
      case LATE -> {
        arrives(process, call, null, TIMEOUT.plus(weather.late()), Duration.ZERO);
        fails(answer, TIMEOUT, passing(call, "DEADLINE_EXCEEDED", null));
      }
      case SILENCE -> fails(answer, TIMEOUT, passing(call, "DEADLINE_EXCEEDED", null));
      case QUOTA -> fails(answer, weather.way(), passing(call, "RESOURCE_EXHAUSTED", null));
      case QUOTA_WITH_A_WAIT ->
          fails(answer, weather.way(), passing(call, "RESOURCE_EXHAUSTED", weather.asked()));
      case INTERNAL -> fails(answer, weather.way(), passing(call, "INTERNAL", null));
      case UNAVAILABLE -> fails(answer, weather.way(), passing(call, "UNAVAILABLE", null));
      case CONFLICT -> scheduler.after(weather.way(), () -> answer.is(call.conflict, null));
      case FLAP, REFUSED, ALIAS, DISK_FULL ->
          throw new IllegalStateException("on Google's side: " + fault);
    }
    process.await(answer::isThere);
    trace.add(process.name(), call + " is answered" + answer);
    return answer.get();
  }

  /// @param answer null where nobody gets it
  private <T> void arrives(
      SimulatedProcess process,
      Call<T> call,
      @Nullable Answer<T> answer,
      Duration way,
      Duration age) {
    scheduler.after(
        way,
        () -> {
          trace.add(process.name(), call + " arrives");
          try {
            var value = call.effect.apply(age);
            replies(answer, value, null);
          } catch (CloudException e) {
            replies(answer, null, e);
          }
        });
  }

  private <T> void replies(
      @Nullable Answer<T> answer, @Nullable T value, @Nullable CloudException failure) {
    if (answer != null) {
      scheduler.after(weather.way(), () -> answer.is(value, failure));
    }
  }

  private <T> void fails(Answer<T> answer, Duration wait, CloudException failure) {
    scheduler.after(wait, () -> answer.is(null, failure));
  }

  private static CloudException.Transient passing(
      Call<?> call, String code, @Nullable Duration asked) {
    return new CloudException.Transient(
        Failure.of(code, call.resource.name(), "for now", ""), Optional.ofNullable(asked));
  }

  /// A call.
  ///
  /// @param effect what Google does when it arrives, and answers; told how old the answer is to be
  /// @param conflict what it answers where there was a conflict
  record Call<T>(Op op, Resource resource, Function<Duration, T> effect, @Nullable T conflict) {
    static <T> Call<T> of(Op op, Resource resource, Function<Duration, T> effect) {
      return new Call<>(op, resource, effect, null);
    }

    @Override
    public String toString() {
      return op + " " + brief(resource);
    }
  }

  /// The last part of a resource's name.
  static String brief(Resource resource) {
    return switch (resource) {
      case Resource.Account account -> account.accountId();
      case Resource.Service service -> service.serviceId();
      case Resource.Project project -> project.projectId();
    };
  }

  private static final class Answer<T> {
    private final Thread waiting;
    private @Nullable T value;
    private @Nullable CloudException failure;

    Answer(Thread waiting) {
      this.waiting = waiting;
    }

    void is(@Nullable T what, @Nullable CloudException why) {
      value = what;
      failure = why;
      LockSupport.unpark(waiting);
    }

    boolean isThere() {
      return value != null || failure != null;
    }

    T get() {
      if (value == null) {
        throw failure == null ? new IllegalStateException("no answer") : failure;
      }
      return value;
    }

    @Override
    public String toString() {
      return failure == null ? "" : ": " + failure.failure().code();
    }
  }
}
