package dev.kleos.iam.emulator;

import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Every call that reached the emulator, in the order of arrival, whether it was answered or
/// failed. Safe for use by many threads.
///
/// It keeps the newest 100,000, and of each text no more than 1,000 characters: an emulator may run
/// for weeks, and a caller may send anything.
public final class CallLog {
  static final int MAX_CALLS = 100_000;
  static final int MAX_TEXT = 1000;

  private final Deque<Entry> entries = new ArrayDeque<>();

  CallLog() {}

  /// A copy of the calls so far.
  public synchronized List<Call> all() {
    return entries.stream().map(entry -> entry.call).toList();
  }

  /// The calls so far, each with what it was answered with. A client that has its answer finds it
  /// here.
  public synchronized List<LoggedCall> answers() {
    return entries.stream().map(Entry::view).toList();
  }

  /// How often a method was called.
  ///
  /// @param method the full method, or what follows the `/`
  public synchronized long count(String method) {
    return entries.stream().filter(entry -> entry.call.is(method)).count();
  }

  /// Forgets the calls so far.
  public synchronized void clear() {
    entries.clear();
  }

  /// Adds a request that never became a call, such as one for an unknown path.
  ///
  /// @param request what was asked for, such as `GET /v1/nowhere`
  /// @param caller see [Emulator#callerOf(String)]
  public void addRefused(String request, Status.Code status, String caller) {
    add(new Call(request, "", caller)).answered(status);
  }

  /// Adds a call that is not answered yet.
  Entry add(Call call) {
    var entry = new Entry(new Call(cut(call.method()), cut(call.resource()), cut(call.caller())));
    synchronized (this) {
      if (entries.size() == MAX_CALLS) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    return entry;
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }

  /// A call, and in time its answer.
  static final class Entry {
    private final Call call;
    private final AtomicReference<Status.@Nullable Code> status = new AtomicReference<>();

    private Entry(Call call) {
      this.call = call;
    }

    /// Says what the call was answered with. The first word counts: what is said of a call that was
    /// cancelled reaches nobody.
    void answered(Status.Code code) {
      status.compareAndSet(null, code);
    }

    private LoggedCall view() {
      return new LoggedCall(call, Optional.ofNullable(status.get()));
    }
  }
}
